using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Mesh.Configuration.Expressions;

/// <summary>
/// RE2 expressions on .NET's linear-time engine. Documents are written in RE2's syntax (https://github.com/google/re2/wiki/Syntax);
/// <see cref="TryTranslate"/> turns one into the same expression in .NET's syntax, and refuses what RE2 does not know (look-around,
/// back-references, possessive or nested repetition, class subtraction), which .NET would silently accept.
/// </summary>
public static class Re2
{
    /// <summary>Options every translated expression is meant to be compiled with.</summary>
    public const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Translates an expression.</summary>
    /// <param name="pattern">RE2 syntax.</param>
    /// <param name="translated">The same in .NET's syntax, when the pattern is valid; anchors are up to the caller.</param>
    /// <param name="error">What is wrong, when it is not.</param>
    /// <returns>True when the pattern is valid RE2.</returns>
    public static bool TryTranslate(string pattern, [NotNullWhen(true)] out string? translated, [NotNullWhen(false)] out string? error)
    {
        translated = null;
        var scanner = new Re2Scanner(pattern);
        if (!scanner.TryRun(out var text, out error))
        {
            return false;
        }

        // The engine has the last word: unbalanced groups, reversed ranges, unknown categories.
        try
        {
            _ = new Regex(text, MayBeTooLarge(text) ? Options : RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            error = $"'{pattern}' is not an RE2 expression: {Reason(e.Message)}";
            return false;
        }

        translated = text;
        return true;
    }

    /// <summary>Null when the expression is valid RE2, else what is wrong with it.</summary>
    /// <param name="pattern">RE2 syntax.</param>
    public static string? Check(string pattern) => TryTranslate(pattern, out _, out var error) ? null : error;

    // .NET says: Invalid pattern 'x' at offset n. Reason.
    private static string Reason(string message)
    {
        var at = message.IndexOf("at offset", StringComparison.Ordinal);
        return at < 0 ? message : message[at..];
    }

    // The linear engine costs half a megabyte an expression. What it alone refuses is size, which only counted repetition or a very long text can reach.
    private static bool MayBeTooLarge(string text) => text.Length > 500 || text.Contains('{', StringComparison.Ordinal);
}
