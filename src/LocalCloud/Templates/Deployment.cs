using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;
using LocalCloud.Lambda.Runtime;
using LocalCloud.Templates.Reading;
using LocalCloud.Templates.Resolving;
using LocalCloud.Templates.Resources;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Templates;

/// <summary>
/// The stacks of a CDK app, at work on this machine: queues and topics at an endpoint, functions as processes, with their event-source mappings,
/// schedules and HTTP API.
/// Ends within seconds when it is disposed, with every process it started.
/// </summary>
public sealed class Deployment : IAsyncDisposable
{
    private readonly Site _site;

    private Deployment(Site site, IReadOnlyDictionary<string, string> outputs) => (_site, Outputs) = (site, outputs);

    /// <summary>
    /// Serves the routes of the app's HTTP APIs; everything else is 404. With several APIs the host says which: <c>id.execute-api.localhost</c>.
    /// </summary>
    public RequestDelegate HttpApi => _site.HttpApis.HandleAsync;

    /// <summary>The handlers of the functions that can be invoked.</summary>
    public IReadOnlyList<string> Functions => [.. _site.Functions.Functions.Select(function => function.Settings.Handler)];

    /// <summary>The stacks' outputs, as <c>Output</c> and as <c>Stack.Output</c>; those whose value only AWS could know are left out.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; }

    /// <summary>Creates everything in the order of its references, runs the custom resources, starts to deliver, and waits for the functions to be ready.</summary>
    /// <exception cref="TemplateException">
    /// The app cannot be read, resolved or created. By then no process is left, and no queue or topic if <see cref="DeploymentOptions.DeleteOnDispose"/> is set.
    /// </exception>
    public static async Task<Deployment> CreateAsync(DeploymentOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var stacks = CloudAssembly.Read(options.AssemblyDirectory);
        Overrides.Apply(stacks, options.Environment);
        var site = new Site(options);
        try
        {
            await site.SignInAsync(cancellationToken);
            var references = new References(site.Names, stacks, options.Parameters);
            var order = CreationOrder.Of(stacks, references);
            await site.Functions.StartAsync(site.CustomResources.Serve, cancellationToken);
            foreach (var resource in order)
                references.Add(resource.Id, await CreateAsync(new ResourceContext(site, resource, []), references, cancellationToken));
            var outputs = StackOutputs.Of(stacks, references, site.Logger);
            await site.StartAsync(cancellationToken);
            return new Deployment(site, outputs);
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Invokes a function and waits for its answer, as <c>lambda invoke</c> does.</summary>
    /// <param name="functionName">Its handler, which is its assembly's name, or its physical name or ARN.</param>
    /// <param name="payload">At most 6 MB of JSON.</param>
    /// <param name="cancellationToken">Gives up waiting; a function that has begun goes on to its end.</param>
    /// <returns>A failed function is a result with an error.</returns>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    public async Task<InvocationResult> InvokeAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        var function = _site.Functions.Find(functionName)
            ?? throw new ArgumentException($"There is no function '{functionName}'. There are: {string.Join(", ", Functions)}.", nameof(functionName));
        return await function.InvokeAsync(
            "invoke", SampleEvent.ForThisMachine(payload, _site), new InvocationDetails { ReadsLog = true }, cancellationToken);
    }

    /// <summary>Stops polling and schedules, ends every process, and deletes what was created if the options say so.</summary>
    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static async Task<Created> CreateAsync(ResourceContext context, References references, CancellationToken cancellationToken)
    {
        if (ResourceTypes.Find(context.Resource.Type) is not { } create)
            return OtherResource.Create(context);
        var properties = references.In(context.Id.Stack).Evaluate(context.Resource.Properties, $"Resource {context.Id}");
        try
        {
            return await create(context with { Properties = (JsonObject)properties! }, cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or FormatException or ArgumentException or OverflowException)
        {
            // A member that is no object, a list that holds none: whatever it is, it is the template's.
            throw context.Wrong($"has properties of another shape than CloudFormation documents ({e.Message.TrimEnd('.')})", e);
        }
        catch (ServiceError error)
        {
            throw context.Wrong($"was refused by {context.Site.Options.Endpoint}: {error.Message.TrimEnd('.')}", error);
        }
    }
}
