using System.Buffers;
using System.Text;

namespace Mesh.Configuration.Sources;

/// <summary>
/// Reads a small file as text with one read and one string. <see cref="File.ReadAllText(string)"/> does the same over a reader and its buffers, which for
/// thousands of small files costs more than their contents.
/// </summary>
internal static class TextFile
{
    public static string Read(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(file);
        if (length == 0)
        {
            // Files of the kernel and of some mounts do not know their length.
            return File.ReadAllText(path);
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, Array.MaxLength));
        try
        {
            var read = 0;
            while (read < length && RandomAccess.Read(file, buffer.AsSpan(read, (int)length - read), read) is > 0 and var more)
            {
                read += more;
            }

            return Decode(path, buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Decode(string path, ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var text] => Encoding.UTF8.GetString(text),

        // The marks of UTF-16 and UTF-32: rare enough for the long way.
        [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, 0, 0xFE, 0xFF, ..] => File.ReadAllText(path),
        _ => Encoding.UTF8.GetString(bytes),
    };
}
