using Grpc.Core;
using Grpc.Net.Client;
using Mesh.Testing;
using Microsoft.AspNetCore.Http;

namespace Mesh.FunctionalTests.Protocols;

/// <summary>gRPC through the mesh with the real client; the server is its wire format on Kestrel.</summary>
public sealed class GrpcTests
{
    private static readonly Marshaller<byte[]> s_bytes = Marshallers.Create(static b => b, static b => b);
    private static readonly Method<byte[], byte[]> s_unary = new(MethodType.Unary, "shop.Catalog", "Get", s_bytes, s_bytes);
    private static readonly Method<byte[], byte[]> s_duplex = new(MethodType.DuplexStreaming, "shop.Catalog", "Chat", s_bytes, s_bytes);

    /// <summary>Answers every message with itself, as soon as it has come; ends with status 0 in real trailers.</summary>
    private static LoopbackBehavior Echo { get; } = LoopbackBehavior.From(EchoAsync);

    private static async Task EchoAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.FlushAsync();
        var buffer = new byte[4096];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read));
            await context.Response.Body.FlushAsync();
        }

        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static LoopbackBehavior TrailersOnly(int status) => LoopbackBehavior.From(context =>
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    });

    private static Task<LoopbackServer> StartAsync(LoopbackBehavior behavior) =>
        LoopbackServer.StartAsync(new LoopbackServerOptions { Protocols = [LoopbackProtocol.H2c], Behavior = behavior, RecordRequests = false });

    private static GrpcChannel Channel(FunctionalMesh mesh) =>
        GrpcChannel.ForAddress("http://catalog", new GrpcChannelOptions { HttpHandler = mesh.Mesh.CreateHandler(), DisposeHttpClient = true });

    [Test]
    public async Task A_unary_call_is_answered_with_its_trailers()
    {
        await using var server = await StartAsync(Echo);
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", "GRPC", (server.Port, "")));
        using var channel = Channel(mesh);

        using var call = channel.CreateCallInvoker().AsyncUnaryCall(s_unary, null, default, [1, 2, 3]);

        Assert.That(await call.ResponseAsync, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.OK));
        await Eventually.BecomesTrueAsync(() => mesh.ActiveRequests("catalog") == 0, "the call has let its endpoint go");
    }

    [Test]
    public async Task A_duplex_stream_is_answered_message_by_message_and_counts_until_it_ends()
    {
        await using var server = await StartAsync(Echo);
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", "GRPC", (server.Port, "")));
        using var channel = Channel(mesh);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(s_duplex, null, new CallOptions(deadline: DateTime.UtcNow.AddSeconds(10)));

        for (byte i = 0; i < 5; i++)
        {
            // The answer to each message is awaited before the next is sent: nothing may wait for the end of the request.
            await call.RequestStream.WriteAsync([i, i]);
            Assert.That(await call.ResponseStream.MoveNext(default), Is.True);
            Assert.That(call.ResponseStream.Current, Is.EqualTo(new[] { i, i }));
            Assert.That(mesh.ActiveRequests("catalog"), Is.EqualTo(1));
        }

        await call.RequestStream.CompleteAsync();
        Assert.That(await call.ResponseStream.MoveNext(default), Is.False);
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.OK));
        await Eventually.BecomesTrueAsync(() => mesh.ActiveRequests("catalog") == 0, "the stream has let its endpoint go");
    }

    [Test]
    public async Task An_unavailable_endpoint_is_retried_elsewhere_and_told_so()
    {
        var attempts = new List<string>();
        await using var sick = await StartAsync(TrailersOnly(14));
        await using var well = await StartAsync(LoopbackBehavior.From(context =>
        {
            lock (attempts)
            {
                attempts.Add(context.Request.Headers["grpc-previous-rpc-attempts"].ToString());
            }

            return EchoAsync(context);
        }));
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", "GRPC", (sick.Port, ""), (well.Port, "")) + Yaml.Policy("catalog", "loadBalancer: { simple: ROUND_ROBIN }"));
        using var channel = Channel(mesh);

        for (byte i = 0; i < 4; i++)
        {
            using var call = channel.CreateCallInvoker().AsyncUnaryCall(s_unary, null, default, [i]);
            Assert.That(await call.ResponseAsync, Is.EqualTo(new[] { i }));
        }

        Assert.That(sick.RequestCount, Is.GreaterThan(0));
        Assert.That(attempts.Count(static a => a == "1"), Is.EqualTo(sick.RequestCount));
    }

    [Test]
    public async Task Other_statuses_reach_the_caller_untouched()
    {
        await using var server = await StartAsync(TrailersOnly(5));
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", "GRPC", (server.Port, "")));
        using var channel = Channel(mesh);
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(s_unary, null, default, []);

        Assert.That((await CatchAsync(call)).StatusCode, Is.EqualTo(StatusCode.NotFound));
        Assert.That(server.RequestCount, Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_of_the_mesh_is_a_gRPC_status()
    {
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", "GRPC", (1, "version: v1")) + Yaml.Policy("catalog", "", "v2")
            + Yaml.Routes("catalog", "  - { route: [{ destination: { host: catalog, subset: v2 } }] }"));
        using var channel = Channel(mesh);
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(s_unary, null, default, []);

        var failure = await CatchAsync(call);

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(failure.Status.Detail, Is.EqualTo("no healthy upstream"));
    }

    private static async Task<RpcException> CatchAsync(AsyncUnaryCall<byte[]> call)
    {
        try
        {
            await call.ResponseAsync;
        }
        catch (RpcException exception)
        {
            return exception;
        }

        throw new AssertionException("The call succeeded.");
    }
}
