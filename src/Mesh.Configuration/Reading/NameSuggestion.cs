namespace Mesh.Configuration.Reading;

/// <summary>
/// "Did you mean": the known name nearest to a mistyped one. Case and <c>snake_case</c> differences always count as near;
/// otherwise at most two edits by Damerau–Levenshtein distance (optimal string alignment: an exchange of neighbours is one edit).
/// </summary>
internal static class NameSuggestion
{
    private const int MaxEdits = 2;

    public static string? Find(string written, IReadOnlyList<string> known)
    {
        string? best = null;
        var bestEdits = MaxEdits + 1;
        foreach (var candidate in known)
        {
            if (SameLetters(written, candidate))
            {
                return candidate;
            }

            var edits = Distance(written, candidate);

            // A short name is within two edits of nearly everything; demand that two thirds of it are right.
            if (edits < bestEdits && edits * 3 <= Math.Max(written.Length, candidate.Length))
            {
                (best, bestEdits) = (candidate, edits);
            }
        }

        return best;
    }

    /// <summary>The sentence to append to a message: <c>; did you mean 'x'?</c>, or nothing.</summary>
    public static string Sentence(string written, IReadOnlyList<string> known) =>
        Find(written, known) is { } near ? $"; did you mean '{near}'?" : "";

    internal static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > MaxEdits)
        {
            return MaxEdits + 1;
        }

        var beforePrevious = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
                }
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[b.Length];
    }

    private static bool SameLetters(string a, string b)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < a.Length && a[i] is ('_' or '-'))
            {
                i++;
            }

            while (j < b.Length && b[j] is ('_' or '-'))
            {
                j++;
            }

            if (i == a.Length || j == b.Length)
            {
                return i == a.Length && j == b.Length;
            }

            if (char.ToLowerInvariant(a[i++]) != char.ToLowerInvariant(b[j++]))
            {
                return false;
            }
        }
    }
}
