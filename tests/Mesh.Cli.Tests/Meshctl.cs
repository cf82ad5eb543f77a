namespace Mesh.Cli.Tests;

/// <summary>The tool run inside the test, and a folder for its files.</summary>
internal sealed class Meshctl : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("meshctl-");

    public string Folder => _folder.FullName;

    /// <summary>Writes a file and returns its path.</summary>
    public string File(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public static async Task<MeshctlResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await MeshCommand.RunAsync(arguments, output, error);
        return new MeshctlResult(code, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>What a run left.</summary>
internal sealed record MeshctlResult(int Code, string Output, string Error)
{
    /// <summary>Lines without the spaces around them.</summary>
    public string[] Lines => [.. Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
