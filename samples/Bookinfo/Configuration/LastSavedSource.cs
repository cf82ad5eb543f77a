using System.Runtime.CompilerServices;
using Mesh.Configuration.Sources;

namespace Bookinfo.Configuration;

/// <summary>
/// Files that behave like <c>kubectl apply</c>: where two of them have the same object, the one saved last counts. So a page of Istio's
/// documentation is followed by copying its files into a folder, one after the other. (The mesh's own file source takes the first of two
/// equal objects and reports the second; here the order in time is the point.)
/// </summary>
internal sealed class LastSavedSource(IReadOnlyList<string> paths) : IMeshConfigSource
{
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(200);

    public string Name => string.Join(", ", paths);

    public int Precedence => ConfigPrecedence.Files;

    public async IAsyncEnumerable<ConfigBatch> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = new SavedFiles(paths);
        var inForce = files.Look();
        yield return Read(inForce);
        var before = inForce;
        using var timer = new PeriodicTimer(s_betweenLooks);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            // Two equal looks in a row: nobody is in the middle of writing.
            var now = files.Look();
            if (now.SequenceEqual(before) && !now.SequenceEqual(inForce))
            {
                inForce = now;
                yield return Read(inForce);
            }

            before = now;
        }
    }

    private static ConfigBatch Read(IReadOnlyList<SavedFile> newestFirst) => ConfigBatch.FromTexts(
        SupersededDocuments.Remove(newestFirst.Select(f => (f.Path, File.ReadAllText(f.Path))))
            .Select(static file => new ConfigText(file.Path, file.Text, IsJson(file.Path) ? ConfigTextFormat.Json : ConfigTextFormat.Yaml)));

    private static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
