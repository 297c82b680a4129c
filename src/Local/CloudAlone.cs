using LocalCloud;
using LocalCloud.Faults;
using LocalCloud.Persistence;

namespace Local;

/// <summary>LocalCloud without a deployment, for any project.</summary>
internal static class CloudAlone
{
    public static async Task RunAsync(CloudOptions options, FileInfo? faults, CancellationToken stop)
    {
        using var logs = ConsoleLogs.Create();
        CloudServer server;
        try
        {
            server = await CloudServer.StartAsync(options with { Logs = logs, Faults = faults is null ? null : Read(faults) }, stop);
        }
        catch (InvalidOperationException e) when (e.InnerException is IOException)
        {
            throw new CannotStartException($"Port {options.Port} of {options.Address} cannot be used: end what listens there, or choose another with --port.", e);
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

    private static FaultPlan Read(FileInfo file)
    {
        try
        {
            return FaultJson.Read(File.ReadAllBytes(file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CannotStartException($"The faults of {file} cannot be used: {e.Message}", e);
        }
    }
}
