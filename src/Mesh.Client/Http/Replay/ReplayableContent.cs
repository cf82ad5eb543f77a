using System.Buffers;
using System.Net;

namespace Mesh.Client.Http.Replay;

/// <summary>
/// Makes a one-use body repeatable without holding it back: the first try streams it on as it comes while the bytes are kept aside, up to a limit.
/// Source of the idea: linkerd2-proxy's ReplayBody. Beyond the limit keeping stops and what was kept is let go; this try goes on, others are impossible.
/// Flushes pass through at once, so duplex streams work; nothing is ever read ahead.
/// </summary>
internal sealed class ReplayableContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly int _limit;
    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte>? _kept = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _started;
    private bool _complete;

    public ReplayableContent(HttpContent inner, int limit)
    {
        _inner = inner;
        _limit = limit;
        foreach (var header in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    /// <summary>True when another try can send the same bytes: nothing was sent yet, or everything is kept.</summary>
    public bool CanReplay
    {
        get
        {
            lock (_gate)
            {
                return !_started || (_complete && _kept is not null);
            }
        }
    }

    /// <summary>True while the first try is still sending the body and everything so far is kept.</summary>
    public bool IsUnderWay
    {
        get
        {
            lock (_gate)
            {
                return _started && !_complete && _kept is not null && !_ended.Task.IsCompleted;
            }
        }
    }

    /// <summary>Completes when the first try has ended sending, whole or broken.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The whole body, once it has passed through and fit.</summary>
    public byte[]? TryGetBytes()
    {
        lock (_gate)
        {
            return _complete ? _kept?.WrittenSpan.ToArray() : null;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? replay = null;
        lock (_gate)
        {
            if (_complete && _kept is not null)
            {
                replay = _kept.WrittenMemory;
            }
            else if (_started)
            {
                throw new InvalidOperationException("The request body was sent in part and cannot be sent again.");
            }

            _started = true;
        }

        if (replay is { } bytes)
        {
            await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await _inner.CopyToAsync(new TeeStream(this, stream), context, cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                _complete = true;
            }
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_kept is null)
            {
                return;
            }

            if (_kept.WrittenCount + bytes.Length > _limit)
            {
                _kept = null;
                return;
            }

            _kept.Write(bytes);
        }
    }

    /// <summary>Writes through to the connection and keeps a copy.</summary>
    private sealed class TeeStream(ReplayableContent owner, Stream target) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => target.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => target.FlushAsync(cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            owner.Keep(buffer);
            target.Write(buffer);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            owner.Keep(buffer.Span);
            return target.WriteAsync(buffer, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
