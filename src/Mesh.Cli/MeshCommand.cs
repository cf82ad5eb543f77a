using System.CommandLine;

namespace Mesh.Cli;

/// <summary>The root command: one subcommand for each question that people ask about their configuration.</summary>
internal static class MeshCommand
{
    public static RootCommand Create() => new("Checks, analyzes, explains and tests the configuration of the mesh.");
}
