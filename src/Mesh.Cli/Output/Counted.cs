using System.Globalization;

namespace Mesh.Cli.Output;

/// <summary>Numbers with their nouns: <c>1 document</c>, <c>2 documents</c>.</summary>
internal static class Counted
{
    public static string Of(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
