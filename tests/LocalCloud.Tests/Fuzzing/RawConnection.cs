using System.Net.Sockets;
using System.Text;

namespace LocalCloud.Tests.Fuzzing;

/// <summary>Bytes straight to the server's socket, as no HTTP client would send them.</summary>
internal static class RawConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What waits for more bytes is told after this long that there are none.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Sends, and reads the head of the answer. Empty when the server closed without a word.</summary>
    public static async Task<string> ExchangeAsync(Uri endpoint, params byte[][] parts)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint.Host, endpoint.Port, deadline.Token);
        try
        {
            foreach (var part in parts)
                await socket.SendAsync(part, deadline.Token);
        }
        catch (SocketException)
        {
            // It has heard enough: what it said is there to be read.
        }

        var answer = ReadAsync(socket, deadline.Token);
        if (await Task.WhenAny(answer, Task.Delay(Pause, deadline.Token)) != answer)
            socket.Shutdown(SocketShutdown.Send);
        return await answer;
    }

    private static async Task<string> ReadAsync(Socket socket, CancellationToken ct)
    {
        var answer = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            while (!answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await socket.ReceiveAsync(buffer, ct) is var count and > 0)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            // Reset: it closed while we were still sending.
        }

        return answer.ToString();
    }
}
