namespace Mesh.PropertyTests.Runtime;

/// <summary>A body that breaks on its second read; its length is unknown.</summary>
internal sealed class BreakingStream : MemoryStream
{
    private int _reads;

    public override bool CanSeek => false;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ++_reads == 1 ? ValueTask.FromResult(buffer.Length) : ValueTask.FromException<int>(new IOException("The body broke off."));

    public override int Read(Span<byte> buffer) => ++_reads == 1 ? buffer.Length : throw new IOException("The body broke off.");

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
}
