namespace Mesh.Testing;

/// <summary>Real time that a wait of the kit may take before it fails the test instead of hanging it.</summary>
internal static class TestDeadline
{
    /// <summary>Long enough for a loaded build machine; a passing test never waits for it.</summary>
    public static TimeSpan Default { get; } = TimeSpan.FromSeconds(10);
}
