using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mesh.Testing;

/// <summary>
/// What a <see cref="LoopbackServer"/> does with a request; can be changed while it runs. Immutable, but <see cref="InOrder"/> counts.
/// </summary>
public sealed class LoopbackBehavior
{
    private readonly Func<HttpContext, Task> _run;

    private LoopbackBehavior(Func<HttpContext, Task> run, bool readsBody = true)
    {
        _run = run;
        ReadsBody = readsBody;
    }

    /// <summary>200 with the instance's name as text.</summary>
    public static LoopbackBehavior Ok { get; } = new(static context => context.Response.WriteAsync(InstanceOf(context)));

    /// <summary>200 with the request's body, its content type, and its method and target in <c>x-echo</c>.</summary>
    public static LoopbackBehavior Echo { get; } = new(EchoAsync);

    /// <summary>Accepts the request and never answers; ends when the client gives up or the server stops.</summary>
    public static LoopbackBehavior BlackHole { get; } = new(static context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted), readsBody: false);

    /// <summary>The connection is reset (TCP RST) before any answer; over HTTP/2 with every stream on it.</summary>
    public static LoopbackBehavior ResetConnection { get; } = new(
        static context =>
        {
            LoopbackConnection.Of(context).Reset();
            return Task.CompletedTask;
        },
        readsBody: false);

    internal bool ReadsBody { get; }

    /// <summary>A status.</summary>
    /// <param name="status">Its code.</param>
    /// <param name="body">Text of the body; null: none.</param>
    public static LoopbackBehavior Status(int status, string? body = null) => new(context =>
    {
        context.Response.StatusCode = status;
        return body is null ? Task.CompletedTask : context.Response.WriteAsync(body);
    });

    /// <summary>Announces a body, sends a part of it and resets the connection. Over HTTP/2 the reset may overtake the part.</summary>
    /// <param name="bytes">Bytes that are sent.</param>
    /// <param name="contentLength">Bytes that are announced; more than are sent.</param>
    public static LoopbackBehavior ResetMidBody(int bytes, long contentLength) => new(async context =>
    {
        context.Response.ContentLength = contentLength;
        await context.Response.Body.WriteAsync(new byte[bytes], context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        LoopbackConnection.Of(context).Reset();
    });

    /// <summary>HTTP/2 only: RST_STREAM before any answer; other streams of the connection go on.</summary>
    /// <param name="errorCode">Its code, RFC 9113 §7; 7 is REFUSED_STREAM.</param>
    public static LoopbackBehavior ResetStream(int errorCode) => new(
        context =>
        {
            var reset = context.Features.Get<IHttpResetFeature>()
                ?? throw new InvalidOperationException("Only an HTTP/2 request has a stream to reset.");
            reset.Reset(errorCode);
            return Task.CompletedTask;
        },
        readsBody: false);

    /// <summary>200 with a body in pieces, each flushed on its own, and trailers.</summary>
    /// <param name="chunks">The pieces.</param>
    /// <param name="trailers">The trailers, for HTTP/2 (Kestrel sends none over HTTP/1.1, and the request fails); null: none.</param>
    /// <param name="betweenChunks">Where the server waits before every piece but the first; null: nowhere.</param>
    public static LoopbackBehavior Stream(
        IReadOnlyList<string> chunks, IReadOnlyDictionary<string, string>? trailers = null, SyncPoint? betweenChunks = null) => new(async context =>
    {
        foreach (var name in trailers?.Keys ?? [])
        {
            context.Response.DeclareTrailer(name);
        }

        for (var i = 0; i < chunks.Count; i++)
        {
            if (i > 0 && betweenChunks is not null)
            {
                await betweenChunks.ReachAsync(context.RequestAborted).ConfigureAwait(false);
            }

            await context.Response.WriteAsync(chunks[i], context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }

        foreach (var (name, value) in trailers ?? new Dictionary<string, string>())
        {
            context.Response.AppendTrailer(name, value);
        }
    });

    /// <summary>Different behaviours for successive requests; the last one repeats.</summary>
    /// <param name="behaviors">At least one.</param>
    public static LoopbackBehavior InOrder(params LoopbackBehavior[] behaviors)
    {
        ArgumentNullException.ThrowIfNull(behaviors);
        ArgumentOutOfRangeException.ThrowIfZero(behaviors.Length);
        var next = -1;
        return new LoopbackBehavior(context => behaviors[Math.Min(Interlocked.Increment(ref next), behaviors.Length - 1)]._run(context));
    }

    /// <summary>Anything ASP.NET can do.</summary>
    /// <param name="run">Answers the request.</param>
    public static LoopbackBehavior From(RequestDelegate run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new LoopbackBehavior(context => run(context));
    }

    /// <summary>The same behaviour, once the point is released.</summary>
    /// <param name="point">Where each request waits.</param>
    public LoopbackBehavior HeldAt(SyncPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return new LoopbackBehavior(
            async context =>
            {
                await point.ReachAsync(context.RequestAborted).ConfigureAwait(false);
                await _run(context).ConfigureAwait(false);
            },
            ReadsBody);
    }

    /// <summary>The same behaviour, later.</summary>
    /// <param name="delay">How much later.</param>
    /// <param name="clock">The clock that measures it; null: the system's.</param>
    public LoopbackBehavior After(TimeSpan delay, TimeProvider? clock = null) => new(
        async context =>
        {
            await Task.Delay(delay, clock ?? TimeProvider.System, context.RequestAborted).ConfigureAwait(false);
            await _run(context).ConfigureAwait(false);
        },
        ReadsBody);

    internal Task RunAsync(HttpContext context) => _run(context);

    private static string InstanceOf(HttpContext context) => context.Response.Headers[LoopbackServer.InstanceHeader].ToString();

    private static async Task EchoAsync(HttpContext context)
    {
        context.Response.ContentType = context.Request.ContentType;
        context.Response.Headers["x-echo"] = $"{context.Request.Method} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}";
        await context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
