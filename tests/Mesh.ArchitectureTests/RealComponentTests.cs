using Mesh.ArchitectureTests.Sources;
using Mesh.Tests.Shared;

namespace Mesh.ArchitectureTests;

public class RealComponentTests
{
    private static IEnumerable<string[]> Entries => Repository.Read("eng/debian-packages.txt").Split('\n')
        .Where(l => l.Length > 0 && l[0] != '#')
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public static IEnumerable<string> Commands => Entries.Select(e => e[1]);

    [TestCaseSource(nameof(Commands))]
    public void A_program_that_tests_need_is_installed(string command)
    {
        Assert.That(RealComponent.Require(command), Does.Exist);
    }
}
