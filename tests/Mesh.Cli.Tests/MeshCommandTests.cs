namespace Mesh.Cli.Tests;

public sealed class MeshCommandTests
{
    [Test]
    public void The_root_command_says_what_the_tool_is_for() =>
        Assert.That(MeshCommand.Create().Description, Does.Contain("configuration of the mesh"));
}
