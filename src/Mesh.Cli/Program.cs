using Mesh.Cli;

return await MeshCommand.Create().Parse(args).InvokeAsync().ConfigureAwait(false);
