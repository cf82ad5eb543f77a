using System.Globalization;

namespace Mesh.Peers.Common;

/// <summary>Reads "--name value" and "--name" arguments; an unknown one is an error, so that a typing mistake never measures something else.</summary>
internal sealed class Arguments(string[] args)
{
    private readonly bool[] _used = new bool[args.Length];

    /// <summary>The arguments as they were typed, for the head of a report.</summary>
    public string Line { get; } = string.Join(' ', args);

    public bool Flag(string name)
    {
        var at = Array.IndexOf(args, name);
        if (at >= 0)
        {
            _used[at] = true;
        }

        return at >= 0;
    }

    public string? Text(string name)
    {
        var at = Array.IndexOf(args, name);
        if (at < 0)
        {
            return null;
        }

        if (at + 1 >= args.Length)
        {
            throw new ArgumentException($"{name} needs a value.");
        }

        _used[at] = _used[at + 1] = true;
        return args[at + 1];
    }

    public int Int(string name, int fallback) => Text(name) is { } text ? ParseInt(name, text) : fallback;

    public double Number(string name, double fallback) =>
        Text(name) is not { } text ? fallback
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 ? value
        : throw new ArgumentException($"{name} needs a positive number, not '{text}'.");

    public string[]? List(string name) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public int[] Ints(string name, int[] fallback) => List(name)?.Select(text => ParseInt(name, text)).ToArray() ?? fallback;

    /// <summary>Call after the last read.</summary>
    public void EnsureAllUsed()
    {
        var unused = args.Where((_, i) => !_used[i]).ToArray();
        if (unused.Length > 0)
        {
            throw new ArgumentException($"Not understood: {string.Join(' ', unused)}");
        }
    }

    private static int ParseInt(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw new ArgumentException($"{name} needs a positive whole number, not '{text}'.");
}
