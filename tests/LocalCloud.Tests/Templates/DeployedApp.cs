using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;
using LocalCloud.Templates;
using LocalCloud.Tests.Lambda;

namespace LocalCloud.Tests.Templates;

/// <summary>A template at work: in a cloud of its own, with tests/TestFunction behind every function.</summary>
internal sealed class DeployedApp : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("app");
    private readonly ConcurrentQueue<Invocation> _invocations = new();
    private readonly RecordedLogs _logs = new();
    private CloudServer? _cloud;
    private Deployment? _deployment;
    private ServiceClient? _services;

    public Deployment Deployment => _deployment!;

    public ServiceClient Services => _services!;

    public Uri Endpoint => _cloud!.Endpoint;

    public IReadOnlyCollection<Invocation> Invocations => _invocations;

    public IReadOnlyCollection<string> Logs => _logs.Lines;

    /// <summary>Deploys one stack named <c>shop</c>; single quotes stand for double ones.</summary>
    public static Task<DeployedApp> StartAsync(string template, Func<DeploymentOptions, DeploymentOptions>? change = null, TimeProvider? time = null) =>
        StartAsync([("shop", template)], change, time);

    /// <summary>Deploys several stacks; the services, though not the deployment, live by <paramref name="time"/>.</summary>
    public static async Task<DeployedApp> StartAsync(
        (string Stack, string Template)[] templates, Func<DeploymentOptions, DeploymentOptions>? change = null, TimeProvider? time = null)
    {
        var app = new DeployedApp();
        try
        {
            foreach (var (stack, template) in templates)
                await File.WriteAllTextAsync(Path.Combine(app._directory.FullName, $"{stack}.template.json"), template.Replace('\'', '"'));
            app._cloud = await CloudServer.StartAsync(new CloudOptions { Port = 0, Time = time ?? TimeProvider.System }, TestContext.Current.CancellationToken);
            app._services = new ServiceClient(app._cloud.Endpoint, "us-east-1", AccessKey.Test);
            var options = new DeploymentOptions
            {
                AssemblyDirectory = app._directory.FullName,
                Endpoint = app._cloud.Endpoint,
                CloudEndpoint = app._cloud.Endpoint,
                Cloud = app._cloud,
                StartFunction = TestFunctions.Start,
                OnInvocation = app._invocations.Enqueue,
                Logs = app._logs,
            };
            app._deployment = await Deployment.CreateAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async Task SendAsync(string url, params string[] bodies)
    {
        var entries = new JsonArray([.. bodies.Select((body, index) => (JsonNode)new JsonObject { ["Id"] = $"{index}", ["MessageBody"] = body })]);
        await Services.SqsAsync("SendMessageBatch", new JsonObject { ["QueueUrl"] = url, ["Entries"] = entries }, TestContext.Current.CancellationToken);
    }

    /// <summary>Messages that are there, in flight or not.</summary>
    public async Task<int> CountAsync(string url)
    {
        var input = new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible") };
        var answer = await Services.SqsAsync("GetQueueAttributes", input, TestContext.Current.CancellationToken);
        return answer["Attributes"]!.AsObject().Sum(attribute => int.Parse(attribute.Value!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture));
    }

    public async Task<JsonNode> InvokeAsync(string function, string payload)
    {
        var result = await Deployment.InvokeAsync(function, Encoding.UTF8.GetBytes(payload.Replace('\'', '"')), TestContext.Current.CancellationToken);
        Assert.Null(result.Error);
        return JsonNode.Parse(result.Payload.Span)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_deployment is not null)
            await _deployment.DisposeAsync();
        _services?.Dispose();
        if (_cloud is not null)
            await _cloud.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
