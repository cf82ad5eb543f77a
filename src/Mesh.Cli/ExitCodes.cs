namespace Mesh.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    /// <summary>The question was answered and nothing is wrong.</summary>
    public const int Ok = 0;

    /// <summary>There are findings of level error, or tests that fail.</summary>
    public const int Findings = 1;

    /// <summary>The command line is wrong, or what it names cannot be read.</summary>
    public const int Usage = 2;
}
