using LocalCloud;
using LocalCloud.Persistence;

namespace Local;

/// <summary>LocalCloud without a deployment, for any project.</summary>
internal static class CloudAlone
{
    public static async Task RunAsync(int port, string? persistTo, CancellationToken stop)
    {
        using var logs = ConsoleLogs.Create();
        CloudServer server;
        try
        {
            server = await CloudServer.StartAsync(new() { Port = port, PersistTo = persistTo, Logs = logs }, stop);
        }
        catch (InvalidOperationException e) when (e.InnerException is IOException)
        {
            throw new CannotStartException($"Port {port} is in use: end what listens there, or choose another with --port.", e);
        }

        catch (JournalException e)
        {
            throw new CannotStartException(e.Message, e);
        }

        await using (server)
        {
            Console.WriteLine($"Ready: {server.Endpoint.GetLeftPart(UriPartial.Authority)}");
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
