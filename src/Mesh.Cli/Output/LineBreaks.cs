using System.Text;

namespace Mesh.Cli.Output;

/// <summary>Breaks texts at words. Lines that begin with a space, such as examples, stay as they are.</summary>
internal static class LineBreaks
{
    /// <summary>Joins the lines of each paragraph and breaks them anew.</summary>
    public static string Wrap(string text, int width)
    {
        var result = new StringBuilder(text.Length + 16);
        var paragraph = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Length > 0 && line[0] != ' ')
            {
                paragraph.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                continue;
            }

            Flush(result, paragraph, width);
            result.Append(line.TrimEnd()).Append('\n');
        }

        Flush(result, paragraph, width);
        return result.ToString().TrimEnd('\n');
    }

    private static void Flush(StringBuilder result, List<string> words, int width)
    {
        var column = 0;
        foreach (var word in words)
        {
            if (column > 0 && column + 1 + word.Length > width)
            {
                result.Append('\n');
                column = 0;
            }
            else if (column > 0)
            {
                result.Append(' ');
                column++;
            }

            result.Append(word);
            column += word.Length;
        }

        if (column > 0)
        {
            result.Append('\n');
        }

        words.Clear();
    }
}
