using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Mesh.Client.Http.Replay;

namespace Mesh.PropertyTests.Replay;

/// <summary>A body that can be read once: every try sends exactly its bytes, or there is no second try.</summary>
[TestFixture]
public class ReplayableContentTests
{
    /// <summary>A body, how it is cut, how much is kept, and after how many bytes each try's connection fails (−1: it does not).</summary>
    private sealed record Sample(byte[] Body, int[] Chunks, int Limit, int[] FailAfter)
    {
        public override string ToString() => $"{Body.Length} bytes in chunks of {string.Join(',', Chunks)}, limit {Limit}, failing after {string.Join(',', FailAfter)}";
    }

    private static Gen<Sample> Samples =>
        from length in Gen.Frequency((1, Gen.Constant(0)), (5, Gen.Choose(1, 300)), (1, Gen.Choose(300, 100_000)))
        from body in Gen.ArrayOf(Gen.Choose(0, 255).Select(static b => (byte)b), length)
        from chunks in Gen.ArrayOf(Gen.Choose(1, Math.Max(1, length)), 4)
        from limit in Gen.OneOf(Gen.Choose(0, 2 * Math.Max(1, length)), Gen.Elements(length, Math.Max(0, length - 1), length + 1))
        from tries in Gen.Choose(1, 5)
        from failures in Gen.ArrayOf(Gen.OneOf(Gen.Constant(-1), Gen.Choose(0, length + 1)), tries)
        select new Sample(body, chunks, limit, failures);

    [Test]
    public void Every_try_sends_the_same_bytes_or_there_is_no_other() => Property.ForAll(Samples, Check, runs: 2_000);

    private static void Check(Sample sample)
    {
        var inner = new OnceContent(sample.Body, sample.Chunks);
        using var content = new ReplayableContent(inner, sample.Limit);
        var begun = false;
        foreach (var failAfter in sample.FailAfter)
        {
            if (!content.CanReplay)
            {
                Property.Require(begun, "refused before anything was sent");
                RequireRefusal(content);
                return;
            }

            var connection = new Connection(failAfter);
            var failed = TrySend(content, connection);
            begun = true;
            var sent = connection.ToArray();
            Property.Require(sample.Body.AsSpan().StartsWith(sent), "bytes that are not those of the body");
            Property.Require(failed || sent.Length == sample.Body.Length, "a try that succeeded sent too little");
            if (!failed)
            {
                Property.Require(content.CanReplay == (sample.Body.Length <= sample.Limit), $"{sample.Body.Length} bytes under a limit of {sample.Limit}: CanReplay is {content.CanReplay}");
                var kept = content.TryGetBytes();
                Property.Require(kept is null == !content.CanReplay && (kept is null || kept.AsSpan().SequenceEqual(sample.Body)), "what is kept is not the body");
            }
        }

        Property.Require(inner.Reads <= 1, "the body was read twice");
    }

    private static bool TrySend(ReplayableContent content, Connection connection)
    {
        try
        {
            content.CopyToAsync(connection).GetAwaiter().GetResult();
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static void RequireRefusal(ReplayableContent content)
    {
        var connection = new Connection(-1);
        try
        {
            content.CopyToAsync(connection).GetAwaiter().GetResult();
        }
        catch (InvalidOperationException)
        {
            Property.Require(connection.Length == 0, "a refused try sent something");
            return;
        }

        Property.Require(false, "a body that cannot be sent again was sent again");
    }

    /// <summary>Good for one use.</summary>
    private sealed class OnceContent(byte[] body, int[] chunks) : HttpContent
    {
        public int Reads { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Property.Require(++Reads == 1, "the body was read twice");
            var position = 0;
            for (var i = 0; position < body.Length; i++)
            {
                var length = Math.Min(chunks[i % chunks.Length], body.Length - position);
                if (i % 2 == 0)
                {
                    await stream.WriteAsync(body.AsMemory(position, length));
                }
                else
                {
                    stream.Write(body, position, length);
                    await stream.FlushAsync();
                }

                position += length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>A connection that breaks once it has taken so many bytes.</summary>
    private sealed class Connection(int failAfter) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (failAfter >= 0 && Length + buffer.Length > failAfter)
            {
                Keep(buffer[..(int)Math.Min(buffer.Length, Math.Max(0, failAfter - Length))]);
                throw new IOException("The connection broke.");
            }

            Keep(buffer);
        }

        // MemoryStream's span overload calls the array overload of a derived stream, which would come back here.
        private void Keep(ReadOnlySpan<byte> bytes) => base.Write(bytes.ToArray(), 0, bytes.Length);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                Write(buffer.Span);
                return default;
            }
            catch (IOException exception)
            {
                return ValueTask.FromException(exception);
            }
        }
    }
}
