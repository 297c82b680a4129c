using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Load;

/// <summary>An HTTP/1.1 connection that sends finished bytes and cuts the answers apart, nothing more: the client must not be the bottleneck.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    public Connection(Uri endpoint) => _socket.Connect(endpoint.Host, endpoint.Port);

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>The body of the next answer, valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">The answer is no 200.</exception>
    public ReadOnlySpan<byte> Receive()
    {
        int head;
        while ((head = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Fill();
        }

        var headers = _buffer.AsSpan(_start, head);
        var ok = headers.StartsWith("HTTP/1.1 200"u8);
        var length = Length(headers);
        var total = head + 4 + length;
        while (_end - _start < total)
        {
            Fill();
        }

        var body = _buffer.AsSpan(_start + head + 4, length);
        if (!ok)
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(_buffer.AsSpan(_start, total)));
        }

        _start += total;
        return body;
    }

    public void Dispose() => _socket.Dispose();

    private static int Length(ReadOnlySpan<byte> headers)
    {
        var at = headers.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            at = headers.IndexOf("content-length: "u8);
        }

        var value = headers[(at + "Content-Length: ".Length)..];
        var length = 0;
        foreach (var digit in value)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                break;
            }

            length = (length * 10) + digit - '0';
        }

        return at < 0 ? throw new InvalidOperationException("An answer has no Content-Length.") : length;
    }

    private void Fill()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
        else if (_end == _buffer.Length && _start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        else if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _socket.Receive(_buffer.AsSpan(_end));
        _end += read > 0 ? read : throw new InvalidOperationException("The server closed the connection.");
    }
}
