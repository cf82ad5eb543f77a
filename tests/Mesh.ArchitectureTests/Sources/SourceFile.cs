using System.Text.RegularExpressions;

namespace Mesh.ArchitectureTests.Sources;

/// <summary>One C# file: its text, and its code, which is the text with comments and the insides of strings blanked out.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<string> _code = new(() => CodeOnly.Of(Text));

    /// <summary>As long as <see cref="Text"/>, so that positions and lines agree.</summary>
    public string Code => _code.Value;

    /// <summary>The project folder (<c>Mesh.Client</c>), for a file under src.</summary>
    public string Project => Path.Split('/')[1];

    /// <summary>The first folder inside the project, or empty.</summary>
    public string Folder => Path.Split('/') is [_, _, var folder, _, ..] ? folder : string.Empty;

    public static SourceFile Read(string path) => new(path, Repository.Read(path));

    /// <summary><c>path:line: what it says</c> for each match in the code.</summary>
    public IEnumerable<string> Matches(Regex pattern, string why, bool inComments = false)
    {
        foreach (Match match in pattern.Matches(inComments ? Text : Code))
        {
            yield return At(match.Index, why);
        }
    }

    public string At(int position, string why)
    {
        var line = Text.AsSpan(0, position).Count('\n') + 1;
        return $"{Path}:{line}: {why}: {Text.Split('\n')[line - 1].Trim()}";
    }
}
