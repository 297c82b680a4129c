using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Local.Invoking;

namespace Local;

/// <summary>The command line.</summary>
internal static partial class LocalCommands
{
    private static readonly Option<int> Port = PortOption("--port", 8080, "Port of the HTTP API and the page.");
    private static readonly Option<int> CloudPort = PortOption("--cloud-port", 4566, "Port of LocalCloud: the endpoint of every service of AWS here.");
    private static readonly Option<string?> Database = new("--database")
    {
        Description = "Connection string of a PostgreSQL to use. Without it one is started and thrown away afterwards.",
    };

    private static readonly Option<string?> Persist = new("--persist")
    {
        Description = "Folder in which SQS, SNS, KMS, S3 and IAM keep their state: it survives the end of the process, kill -9 too. Without it all is gone.",
        HelpName = "DIR",
    };

    private static readonly Option<IPAddress> Address = new("--address")
    {
        Description = "IP address to listen at. Whoever reaches it may do everything.",
        HelpName = "IP",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result => IPAddress.TryParse(result.Tokens[0].Value, out var address) ? address
            : Refuse<IPAddress>(result, $"--address '{result.Tokens[0].Value}' is not an IP address, as in 127.0.0.1, or 0.0.0.0 for every interface."),
    };

    private static readonly Option<string> Region = new("--region")
    {
        Description = "The region in every ARN.",
        DefaultValueFactory = _ => "us-east-1",
        CustomParser = result => RegionName().IsMatch(result.Tokens[0].Value) ? result.Tokens[0].Value
            : Refuse<string>(result, $"--region '{result.Tokens[0].Value}' is not the name of a region, as in eu-central-1."),
    };

    private static readonly Option<Uri?> Endpoint = new("--endpoint")
    {
        Description = "Another emulator (LocalStack, moto, …) in whose SQS and SNS the queues and topics are created, instead of LocalCloud's.",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
            : Refuse<Uri>(result, $"--endpoint '{result.Tokens[0].Value}' is not an http address, as in http://127.0.0.1:4566."),
    };

    /// <summary>The whole system; with <c>cloud</c>, LocalCloud alone; with <c>invoke</c>, one function.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Runs the deployed system on this machine: PostgreSQL, LocalCloud, every function, the HTTP API and a page.")
        {
            Port, CloudPort, Database, Endpoint, CloudCommand(), InvokeCommand(),
        };
        root.SetAction((arguments, _) => UntilStoppedAsync(stop => LocalEnvironment.RunAsync(
            new()
            {
                Port = arguments.GetValue(Port),
                CloudPort = arguments.GetValue(CloudPort),
                Database = arguments.GetValue(Database),
                Endpoint = arguments.GetValue(Endpoint),
            },
            stop)));
        return root;
    }

    private static Command CloudCommand()
    {
        var port = PortOption("--port", 4566, "Port of the services.");
        var faults = new Option<FileInfo?>("--faults") { Description = "JSON file that says what goes wrong, by seed, as PUT /_local/faults takes it." };
        var cloud = new Command("cloud", "LocalCloud alone, for any project: SQS, SNS, Lambda and what they need.") { port, Address, Region, Persist, faults };
        cloud.SetAction((arguments, _) => UntilStoppedAsync(stop => CloudAlone.RunAsync(
            new()
            {
                Port = arguments.GetValue(port),
                Address = arguments.GetValue(Address)!,
                Region = arguments.GetValue(Region)!,
                PersistTo = arguments.GetValue(Persist),
            },
            arguments.GetValue(faults),
            stop)));
        return cloud;
    }

    private static Command InvokeCommand()
    {
        var function = new Argument<string>("function") { Description = "The function: its folder's name under src/Functions." };
        var file = new Option<string?>("--event", "-e") { Description = "A file with the event, such as events/Email.json; - for standard input. Without it the event is {}." };
        var port = PortOption("--port", 8080, "Port of a Local that may be running: then it does it.");
        var invoke = new Command("invoke", "Runs one function by hand, as sam local invoke does: its answer goes to standard output, its log to standard error.")
        {
            function, file, port, Database, Endpoint,
        };
        invoke.SetAction((arguments, _) => ExitCodeAsync(stop => HandInvocation.RunAsync(
            arguments.GetValue(function)!,
            arguments.GetValue(file),
            new() { Port = arguments.GetValue(port), CloudPort = 0, Database = arguments.GetValue(Database), Endpoint = arguments.GetValue(Endpoint) },
            stop)));
        return invoke;
    }

    private static Task<int> UntilStoppedAsync(Func<CancellationToken, Task> run) => ExitCodeAsync(async stop =>
    {
        await run(stop);
        return 0;
    });

    /// <summary>Runs to its end, or until Ctrl-C or SIGTERM. What the user can mend is one sentence and exit code 1.</summary>
    private static async Task<int> ExitCodeAsync(Func<CancellationToken, Task<int>> run)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return await run(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (CannotStartException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static Option<int> PortOption(string name, int port, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => port };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 65_535))
                result.AddError($"{name} is a port, 0 to 65535; 0 takes any that is free.");
        });
        return option;
    }

    private static T? Refuse<T>(System.CommandLine.Parsing.ArgumentResult result, string sentence)
        where T : class
    {
        result.AddError(sentence);
        return null;
    }

    [GeneratedRegex("^[a-z]{2}(-[a-z]+){1,3}-[0-9]{1,2}$")]
    private static partial Regex RegionName();
}
