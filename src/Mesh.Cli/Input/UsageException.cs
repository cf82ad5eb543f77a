namespace Mesh.Cli.Input;

/// <summary>What the caller asked for cannot be done as asked; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
