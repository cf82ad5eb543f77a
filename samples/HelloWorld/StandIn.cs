namespace HelloWorld;

/// <summary>Does what hello-world.go does, where there is no Go.</summary>
internal static class StandIn
{
    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add($"http://{Environment.GetEnvironmentVariable("LISTEN_ADDRESS")}");
        app.Map("/{**path}", () => "Hello, World!");
        await app.RunAsync();
        return 0;
    }
}
