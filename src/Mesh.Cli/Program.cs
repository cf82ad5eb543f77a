using Mesh.Cli;

return await MeshCommand.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
