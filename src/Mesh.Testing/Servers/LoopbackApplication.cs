using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Testing;

/// <summary>The application inside a <see cref="LoopbackServer"/>: counts, records, and runs the behaviour of the moment.</summary>
internal sealed class LoopbackApplication(LoopbackServer server, bool record) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var behavior = server.Behavior;
        context.Response.Headers[LoopbackServer.InstanceHeader] = server.Name;
        try
        {
            if (record)
            {
                await RecordAsync(context, behavior.ReadsBody).ConfigureAwait(false);
            }

            server.CountRequest();
            await behavior.RunAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left or the server was killed; nobody is there for an answer.
            context.Abort();
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // DefaultHttpContext holds nothing that outlives the request.
    }

    private async Task RecordAsync(HttpContext context, bool readsBody)
    {
        var body = Array.Empty<byte>();
        if (readsBody)
        {
            var copy = new MemoryStream();
            await context.Request.Body.CopyToAsync(copy, context.RequestAborted).ConfigureAwait(false);
            body = copy.ToArray();
            copy.Position = 0;
            context.Request.Body = copy; // the behaviour reads it again
        }

        server.Record(new LoopbackRequest
        {
            Instance = server.Name,
            Protocol = context.Request.Protocol,
            Method = context.Request.Method,
            Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Authority = context.Request.Host.Value ?? string.Empty,
            Headers = context.Request.Headers.ToDictionary(static h => h.Key, static h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body,
            ConnectionId = context.Connection.Id,
        });
    }
}
