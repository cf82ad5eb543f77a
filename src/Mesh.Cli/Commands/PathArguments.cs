using System.CommandLine;
using Mesh.Cli.Input;

namespace Mesh.Cli.Commands;

/// <summary>Files and folders on a command line.</summary>
internal static class PathArguments
{
    /// <exception cref="UsageException">One of them looks like an option, which the parser takes for a path when it does not know it.</exception>
    public static string[] Of(ParseResult parsed, Argument<string[]> argument)
    {
        var paths = parsed.GetValue(argument)!;
        return Array.Find(paths, static path => path is ['-', _, ..]) is { } option
            ? throw new UsageException($"there is no option {option}; --help lists those there are")
            : paths;
    }
}
