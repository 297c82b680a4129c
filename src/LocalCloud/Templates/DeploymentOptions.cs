using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalCloud.Templates;

/// <summary>What is deployed, and where to.</summary>
public sealed record DeploymentOptions
{
    /// <summary>A synthesized CDK app, usually <c>cdk.out</c>: a <c>manifest.json</c> with its stacks, or plain <c>*.template.json</c> files.</summary>
    public required string AssemblyDirectory { get; init; }

    /// <summary>Where queues and topics are created: LocalCloud's own endpoint, or any other emulator's.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>LocalCloud itself, for everything but queues and topics: the functions' <c>AWS_ENDPOINT_URL</c>.</summary>
    public required Uri CloudEndpoint { get; init; }

    /// <summary>
    /// The server in this process that stands behind <see cref="CloudEndpoint"/>: its Lambda lists and invokes the app's functions, and its topics reach them.
    /// Without it they are known to the deployment alone.
    /// </summary>
    public CloudServer? Cloud { get; init; }

    /// <summary>Whether queues are polled and schedules run. False for a deployment whose functions are only invoked by hand.</summary>
    public bool Delivers { get; init; } = true;

    /// <summary>
    /// From a function's <c>Handler</c>, which for an executable is its assembly's name, to the command that runs it.
    /// Variables that it sets reach the function; a handler it throws for fails the deployment.
    /// </summary>
    public required Func<string, ProcessStartInfo> StartFunction { get; init; }

    /// <summary>
    /// Environment variables of every function. They replace the template's by name, and what the template says of a replaced variable is not even resolved:
    /// so a laptop needs nothing that only AWS has.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Values of template parameters, by name or as <c>Stack.Name</c>; without one a parameter has its default. For one of a type <c>AWS::SSM::…</c> the value
    /// is what the parameter store would answer.
    /// </summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Called after each invocation, before its result is used: be quick. What it throws is logged and has no effect.</summary>
    public Action<Invocation>? OnInvocation { get; init; }

    /// <summary>Whether subscriptions, topics and queues are deleted at the end. For an endpoint that outlives the deployment.</summary>
    public bool DeleteOnDispose { get; init; }

    /// <summary>The clock of the schedules and of the HTTP API. Processes and their timeouts live in real time, whatever this says.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the functions print has the category <c>Function.</c> and their handler.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>As the pseudo parameter <c>AWS::Region</c>, and in signatures.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>As the pseudo parameter <c>AWS::AccountId</c>.</summary>
    public string AccountId { get; init; } = "000000000000";
}
