using System.Diagnostics;
using Local.Observation;
using Local.Postgres;
using Local.Web;
using LocalCloud;
using LocalCloud.Templates;
using Microsoft.Extensions.Logging;

namespace Local;

/// <summary>Everything that is deployed, on this machine: started in order, stopped in the opposite one.</summary>
internal static class LocalEnvironment
{
    /// <summary>Starts all, says so, and stops all when it is told to.</summary>
    /// <param name="options">Where everything is.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="CannotStartException">Something is missing or in the way.</exception>
    public static async Task RunAsync(LocalOptions options, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        using var logs = ConsoleLogs.Create();
        await UseAsync(options, logs, Say, WaitAsync, stop);

        async Task WaitAsync(Deployment deployment, FrontDoor front, Uri cloud)
        {
            Say($"Up in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s. SQS, SNS: {options.Endpoint ?? cloud}  SES: {cloud}  Stop with Ctrl-C.");
            Say($"Ready: {front.Address}");
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Starts all for as long as somebody uses it.</summary>
    /// <param name="options">Where everything is.</param>
    /// <param name="logs">What happens.</param>
    /// <param name="say">Gets a line for each step.</param>
    /// <param name="use">Gets the functions, the front door and the endpoint of LocalCloud.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="CannotStartException">Something is missing or in the way.</exception>
    public static async Task UseAsync(
        LocalOptions options, ILoggerFactory logs, Action<string> say, Func<Deployment, FrontDoor, Uri, Task> use, CancellationToken stop)
    {
        using var scratch = new ScratchFolder();

        // Ports first: whether they are free is known at once, and the rest takes seconds.
        await using var front = await FrontDoor.OpenAsync(options.Port, logs, stop);
        await using var cloud = await StartCloudAsync(options, logs, stop);
        if (options.Endpoint is { } endpoint)
            await ForeignEndpoint.CheckAsync(endpoint, stop);

        var templates = scratch.Folder("cdk.out");
        var synthesis = Stacks.SynthesizeAsync(templates, scratch.Folder("tmp"), stop);
        await using var database = await Behind(synthesis, () => LocalDatabase.OpenAsync(options.Database, scratch, say, stop));
        say("PostgreSQL answers.");
        await synthesis;
        say("The stacks are synthesized.");

        var timeline = new Timeline();
        var partner = new PartnerApi(TimeProvider.System);
        front.Use(partner);
        await using var deployment = await DeployAsync(options, templates, front, cloud, database.ConnectionString, timeline, logs, stop);
        var invoices = new Invoices(cloud.Endpoint, deployment.Outputs["DocumentBucket"]);
        await using var observatory = new Observatory(database.ConnectionString, timeline, cloud.Mailbox, partner, invoices);
        front.Use(deployment, observatory);
        await use(deployment, front, cloud.Endpoint);
    }

    private static async Task<CloudServer> StartCloudAsync(LocalOptions options, ILoggerFactory logs, CancellationToken stop)
    {
        try
        {
            return await CloudServer.StartAsync(new() { Port = options.CloudPort, Logs = logs }, stop);
        }
        catch (InvalidOperationException e) when (e.InnerException is IOException)
        {
            throw new CannotStartException($"Port {options.CloudPort} is in use: end what listens there, or choose another with --cloud-port.", e);
        }
    }

    /// <summary>Runs something beside the synthesis, and where it fails, waits for that too: its child process writes into a folder that goes away then.</summary>
    private static async Task<T> Behind<T>(Task synthesis, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch
        {
            await synthesis.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private static async Task<Deployment> DeployAsync(
        LocalOptions options, string templates, FrontDoor front, CloudServer cloud, string database, Timeline timeline, ILoggerFactory logs, CancellationToken stop)
    {
        try
        {
            return await Deployment.CreateAsync(
                new()
                {
                    AssemblyDirectory = templates,
                    Endpoint = options.Endpoint ?? cloud.Endpoint,
                    CloudEndpoint = cloud.Endpoint,
                    Cloud = cloud,
                    Delivers = options.Delivers,
                    StartFunction = Repository.Start,
                    Environment = new Dictionary<string, string>
                    {
                        ["DATABASE"] = database,
                        ["PARTNER_URL"] = $"{front.Address}/local/partner",
                        ["LOG_LEVEL"] = Environment.GetEnvironmentVariable("LOG_LEVEL") ?? nameof(LogLevel.Warning),

                        // Lines for CloudWatch, one a batch: not what a developer wants to read, unless asked for.
                        ["EMF"] = Environment.GetEnvironmentVariable("EMF") ?? "off",

                        // A folder of orders to die, for tests of crashes; empty means none.
                        ["MESSAGING_FAIL_POINTS"] = Environment.GetEnvironmentVariable("MESSAGING_FAIL_POINTS") ?? "",
                    },
                    OnInvocation = timeline.Add,
                    DeleteOnDispose = options.Endpoint is not null,
                    Logs = logs,
                },
                stop);
        }
        catch (Exception e) when (e is TemplateException or HttpRequestException)
        {
            throw new CannotStartException($"The stacks could not be deployed: {e.Message}", e);
        }
    }

    private static void Say(string line) => Console.WriteLine(line);
}
