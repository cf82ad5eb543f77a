namespace Bookinfo.Commands;

/// <summary>One request from inside the mesh.</summary>
internal static class CurlCommand
{
    private const string Usage = "Usage: curl [--port=9080] [-H 'name: value']… [-X METHOD] [-d DATA] [-i] URL";

    public static async Task<int> RunAsync(string[] args)
    {
        if (ToolArguments.Parse(args, Usage) is not { } arguments)
        {
            return 2;
        }

        if (await RunningMesh.JoinAsync(arguments.Port, "curl") is not { } mesh)
        {
            return 1;
        }

        await using var _ = mesh;
        using var http = new HttpClient(mesh.CreateHandler(new SocketsHttpHandler { AllowAutoRedirect = false }));
        try
        {
            using var request = arguments.ToRequest();
            using var response = await http.SendAsync(request);
            if (arguments.ShowHead)
            {
                Console.WriteLine($"HTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}\n{response.Headers}{response.Content.Headers}");
            }

            Console.WriteLine(await response.Content.ReadAsStringAsync());
            return 0;
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
