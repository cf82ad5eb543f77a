using System.Globalization;

namespace Mesh.Configuration.Reading;

/// <summary>
/// Paths such as <c>spec.http[0].match[1].headers["end-user"]</c>: written by <see cref="ObjectReader"/>, followed here back to a place.
/// Plain names are joined with dots; a map key that is not a plain name stands quoted in brackets.
/// </summary>
internal static class FieldPath
{
    /// <summary>Appends a field or map key to a path.</summary>
    public static string Combine(string path, string name)
    {
        if (!IsPlain(name))
        {
            return $"{path}[\"{name}\"]";
        }

        return path.Length == 0 ? name : $"{path}.{name}";
    }

    public static string Combine(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>The place of the deepest part of <paramref name="path"/> that exists below <paramref name="root"/>.</summary>
    public static SourcePosition Locate(ConfigNode root, ReadOnlySpan<char> path, bool ignoreCase)
    {
        var node = root;
        var position = root.Position;
        while (!path.IsEmpty)
        {
            var segment = NextSegment(ref path);
            if (node.Kind == ConfigNodeKind.Sequence && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var item) && item < node.Items.Count)
            {
                node = node.Items[item];
                position = node.Position;
                continue;
            }

            var index = node.IndexOf(segment.ToString(), ignoreCase);
            if (index < 0)
            {
                break;
            }

            position = node.FieldPositions[index];
            node = node.Fields[index].Value;
        }

        return position;
    }

    private static ReadOnlySpan<char> NextSegment(scoped ref ReadOnlySpan<char> path)
    {
        if (path[0] == '[')
        {
            var quoted = path.Length > 1 && path[1] == '"';
            var end = quoted ? path.IndexOf("\"]") : path.IndexOf(']');
            var text = end < 0 ? path[1..] : path[(quoted ? 2 : 1)..end];
            path = end < 0 ? [] : path[(end + (quoted ? 2 : 1))..];
            return text;
        }

        if (path[0] == '.')
        {
            path = path[1..];
        }

        var stop = path.IndexOfAny('.', '[');
        var segment = stop < 0 ? path : path[..stop];
        path = stop < 0 ? [] : stop == 0 ? path[1..] : path[stop..];
        return segment;
    }

    private static bool IsPlain(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
