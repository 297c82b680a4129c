using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Local;

/// <summary>The command line.</summary>
internal static class LocalCommands
{
    private static readonly Option<int> Port = PortOption("--port", 8080, "Port of the HTTP API and the page.");
    private static readonly Option<int> CloudPort = PortOption("--cloud-port", 4566, "Port of LocalCloud: the endpoint of SQS, SNS and SES.");
    private static readonly Option<string?> Database = new("--database")
    {
        Description = "Connection string of a PostgreSQL to use. Without it one is started and thrown away afterwards.",
    };

    private static readonly Option<Uri?> Endpoint = new("--endpoint")
    {
        Description = "Another emulator (LocalStack, moto, …) in whose SQS and SNS the queues and topics are created, instead of LocalCloud's.",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : Refuse(result),
    };

    /// <summary>The whole system; with <c>cloud</c>, LocalCloud alone.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Runs the deployed system on this machine: PostgreSQL, LocalCloud, every function, the HTTP API and a page.")
        {
            Port, CloudPort, Database, Endpoint, CloudCommand(),
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
        var cloud = new Command("cloud", "LocalCloud alone: SQS, SNS and SES for any project.") { port, faults };
        cloud.SetAction((arguments, _) => UntilStoppedAsync(stop => CloudAlone.RunAsync(arguments.GetValue(port), arguments.GetValue(faults), stop)));
        return cloud;
    }

    /// <summary>Runs until Ctrl-C or SIGTERM. What the user can mend is one sentence and exit code 1.</summary>
    private static async Task<int> UntilStoppedAsync(Func<CancellationToken, Task> run)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            await run(stop.Token);
            return 0;
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

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--endpoint '{result.Tokens[0].Value}' is not an http address, as in http://127.0.0.1:4566.");
        return null;
    }
}
