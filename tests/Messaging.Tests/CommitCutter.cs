using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Messaging.Tests;

/// <summary>Stands before a PostgreSQL and lets a commit through, but not its answer: the client never learns what became of it.</summary>
internal sealed class CommitCutter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public CommitCutter(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
        }.ConnectionString;
        _serving = ServeAsync(server.Host!, server.Port);
    }

    public string ConnectionString { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(string host, int port)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var server = new TcpClient(host, port);
                await RelayAsync(client.GetStream(), server.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private static async Task RelayAsync(NetworkStream client, NetworkStream server)
    {
        var answers = true;
        var back = Task.Run(async () =>
        {
            var buffer = new byte[8_192];
            int read;
            while ((read = await server.ReadAsync(buffer)) > 0)
            {
                if (!Volatile.Read(ref answers))
                {
                    // The server has committed and said so.
                    client.Socket.Close();
                    return;
                }

                await client.WriteAsync(buffer.AsMemory(0, read));
            }
        });

        try
        {
            var buffer = new byte[8_192];
            int read;
            while ((read = await client.ReadAsync(buffer)) > 0)
            {
                // To the end of the word: "read committed" is how a transaction begins.
                if (buffer.AsSpan(0, read).IndexOf("COMMIT\0"u8) >= 0)
                    Volatile.Write(ref answers, false);
                await server.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Cut.
        }

        server.Socket.Close();
        try
        {
            await back;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
