using System.CommandLine;

namespace Mesh.Cli.Output;

/// <summary>
/// Fits the descriptions of commands to where they are shown: the list of commands gets the first sentence of each, the help of a command all
/// of it, broken to the width of the window. Indented lines are examples and stay as they are.
/// </summary>
internal static class HelpText
{
    /// <summary>Longer lines are hard to read however wide the window is; the help puts two spaces before each.</summary>
    private const int Widest = 98;

    private const int Narrowest = 40;

    public static void Fit(RootCommand root, Command asked, int window)
    {
        foreach (var command in root.Subcommands)
        {
            command.Description = asked == root ? FirstSentence(command.Description ?? "") : LineBreaks.Wrap(command.Description ?? "", Math.Clamp(window - 3, Narrowest, Widest));
        }
    }

    /// <summary>Up to the first full stop or colon that ends a sentence; texts are broken into lines wherever it suits the source.</summary>
    internal static string FirstSentence(string text)
    {
        var joined = text.ReplaceLineEndings(" ");
        var (stop, colon) = (joined.IndexOf(". ", StringComparison.Ordinal), joined.IndexOf(": ", StringComparison.Ordinal));
        var end = stop < 0 ? colon : colon < 0 ? stop : Math.Min(stop, colon);
        return end < 0 ? joined.Trim() : joined[..end].Trim() + ".";
    }
}
