using System.Text.RegularExpressions;

namespace Mesh.ArchitectureTests;

/// <summary>What product code must not say, and what it says instead.</summary>
internal static class BannedSymbols
{
    /// <summary>Looked for in code; comments and strings do not count.</summary>
    public static readonly (Regex Pattern, string Why)[] InCode =
    [
        (new(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b"), "time comes from a TimeProvider"),
        (new(@"\bEnvironment\.TickCount"), "time comes from a TimeProvider"),
        (new(@"\bStopwatch\b"), "time comes from TimeProvider.GetTimestamp"),
        (new(@"\bRandom\.Shared\b|\bnew\s+Random\s*\("), "randomness is injected"),
        (new(@"\bThread\.Sleep\b"), "nothing sleeps"),
        (new(@"\bnew\s+(System\.Threading\.)?Timer\s*\("), "timers come from TimeProvider.CreateTimer"),
        (new(@"#pragma\s+warning\s+disable"), "warnings are repaired, not hushed"),
        (new(@"\bSuppressMessage\b|\bUnconditionalSuppressMessage\b"), "warnings are repaired, not hushed"),
        (new(@"\bNotImplementedException\b"), "what is not there is not offered"),
    ];

    /// <summary>Looked for in the whole text.</summary>
    public static readonly (Regex Pattern, string Why)[] InText =
    [
        (new(@"\b(TODO|FIXME|HACK|XXX)\b"), "an open end belongs into the tracker"),

        // A block that says in a comment why there is nothing to do passes.
        (new(@"\bcatch\s*(\([^)]*\)\s*)?(when\s*\([^{]*\)\s*)?\{\s*\}"), "an exception is never swallowed without a word"),
    ];

    /// <summary>Calls with an overload for a TimeProvider, which is the one to use.</summary>
    public static readonly Regex TimedCall = new(@"\b(Task\.Delay|new\s+PeriodicTimer|new\s+CancellationTokenSource)\s*\(");
}
