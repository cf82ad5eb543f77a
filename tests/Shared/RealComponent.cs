namespace Mesh.Tests.Shared;

/// <summary>
/// A program from outside that a test needs (a browser, go, nginx; listed in eng/debian-packages.txt).
/// Where it is missing the test is ignored; under <c>MESH_REQUIRE_REAL=1</c> it fails, so that nothing goes unproved in silence.
/// </summary>
internal static class RealComponent
{
    /// <summary>True when a missing component is a failure.</summary>
    public static bool AreRequired => Environment.GetEnvironmentVariable("MESH_REQUIRE_REAL") == "1";

    /// <summary>The full path of <paramref name="command"/>; ends the test when there is none.</summary>
    public static string Require(string command)
    {
        if (Find(command) is { } path)
        {
            return path;
        }

        Missing($"'{command}' is not installed (eng/debian-packages.txt lists what the tests need).");
        return string.Empty;
    }

    /// <summary>Ends the test because of <paramref name="reason"/>: ignored, or failed where real components are required.</summary>
    public static void Missing(string reason)
    {
        if (AreRequired)
        {
            Assert.Fail(reason);
        }

        Assert.Ignore(reason);
    }

    /// <summary>The full path of a command, or null. The system folders are searched too: nginx and haproxy live there.</summary>
    public static string? Find(string command)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        return path.Split(Path.PathSeparator).Concat(["/usr/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, command))
            .FirstOrDefault(File.Exists);
    }
}
