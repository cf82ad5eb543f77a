using System.Net.Sockets;

namespace Mesh.Testing;

/// <summary>
/// Exceptions as SocketsHttpHandler throws them on .NET 10: a classifier looks at their types, error codes and inner exceptions, so a
/// script that simplified them would prove nothing. The tests of this project compare each with the real thing over loopback.
/// </summary>
internal static class TransportFaults
{
    public static Exception ConnectionRefused()
    {
        var socket = new SocketException((int)SocketError.ConnectionRefused);
        return new HttpRequestException(HttpRequestError.ConnectionError, socket.Message, socket);
    }

    public static Exception NameNotResolved()
    {
        var socket = new SocketException((int)SocketError.HostNotFound);
        return new HttpRequestException(HttpRequestError.NameResolutionError, socket.Message, socket);
    }

    public static Exception ConnectTimeout()
    {
        const string message = "A connection could not be established within the configured ConnectTimeout.";
        return new TaskCanceledException(message, new TimeoutException(message));
    }

    public static Exception Reset()
    {
        var reset = ConnectionReset();
        return new HttpRequestException(HttpRequestError.Unknown, "An error occurred while sending the request.", reset);
    }

    public static Exception ResponseEnded()
    {
        var ended = new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
        return new HttpRequestException(HttpRequestError.ResponseEnded, "An error occurred while sending the request.", ended);
    }

    public static Exception StreamReset(long errorCode)
    {
        var reset = new HttpProtocolException(errorCode, $"The HTTP/2 server reset the stream. HTTP/2 error code (0x{errorCode:x}).", null);
        return new HttpRequestException(HttpRequestError.HttpProtocolError, "An error occurred while sending the request.", reset);
    }

    public static IOException ConnectionReset()
    {
        var socket = new SocketException((int)SocketError.ConnectionReset);
        return new IOException($"Unable to read data from the transport connection: {socket.Message}.", socket);
    }
}
