using FsCheck.Fluent;
using Mesh.Configuration.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.PropertyTests.Reading;

/// <summary>A file that somebody, or a broken disk, has damaged is a list of problems, never a crash and never a hang.</summary>
[TestFixture]
public class MutatedDocumentTests
{
    private static readonly string s_document = TestMeshDocuments.Everything;

    private static readonly string[] s_insertions = ["\n", "  ", "- ", ": ", "{", "}", "[", "]", "&a ", "*a", "---\n", "!!int ", "\"", "'", "|", ">", "%", "\t", "\0", "\uD800", "<<: *a\n", "? ", "99999999999999999999", "-1", "1e999s"];

    private enum Kind
    {
        Delete,
        Insert,
        Swap,
        Repeat,
    }

    [Test]
    [CancelAfter(60_000)]
    public void It_is_read_to_its_end() => Property.ForAll(
        from count in Gen.Choose(1, 6)
        from edits in Gen.ListOf(
            from kind in Gen.Elements(Kind.Delete, Kind.Insert, Kind.Swap, Kind.Repeat)
            from at in Gen.Choose(0, s_document.Length - 1)
            from length in Gen.Choose(1, 40)
            from text in Gen.Elements(s_insertions)
            select (kind, at, length, text), count)
        select edits.Aggregate(s_document, static (text, edit) => Edit(text, edit.kind, edit.at, edit.length, edit.text)),
        static text =>
        {
            var source = new InMemoryConfigSource(ConfigBatch.FromYaml("mutated.yaml", text));
            var hub = new MeshConfigHub([source], new MeshConfigHubOptions(), NullLogger<MeshConfigHub>.Instance);
            try
            {
                Property.Require(hub.StartAsync().Wait(TimeSpan.FromSeconds(10)), "reading did not end");
                foreach (var problem in hub.Current.Problems)
                {
                    Property.Require(problem.Message.Length > 0, "a problem without words");
                }
            }
            finally
            {
                hub.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        },
        runs: 150);

    private static string Edit(string text, Kind kind, int at, int length, string insertion)
    {
        at = Math.Min(at, text.Length);
        length = Math.Min(length, text.Length - at);
        return kind switch
        {
            Kind.Delete => text.Remove(at, length),
            Kind.Insert => text.Insert(at, insertion),
            Kind.Swap => text.Remove(at, length).Insert(Math.Min(text.Length - length, at + (3 * length)), text.Substring(at, length)),
            _ => text.Insert(at, text.Substring(at, length)),
        };
    }
}
