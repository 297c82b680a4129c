using LocalCloud.Lambda;
using LocalCloud.Lambda.Calls;
using LocalCloud.Lambda.Http;
using LocalCloud.Lambda.Queues;
using LocalCloud.Lambda.Runtime;
using LocalCloud.Lambda.Schedules;
using LocalCloud.Templates.Access;
using LocalCloud.Templates.Resolving;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Templates.Resources;

/// <summary>Where a deployment puts what it creates.</summary>
internal sealed class Site(DeploymentOptions options) : IAsyncDisposable
{
    /// <summary>A little more than Lambda gives a function to initialize.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);

    private readonly Stack<(string What, Func<CancellationToken, Task> Undo)> _undo = new();

    public DeploymentOptions Options => options;

    public ILogger Logger { get; } = options.Logs.CreateLogger<Deployment>();

    public CloudNames Names { get; } = new(options.Region, options.AccountId);

    /// <summary>Distinguishes the physical names of one deployment from those of another on the same endpoint.</summary>
    public string Suffix { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>Whether queues and topics are LocalCloud's own: another emulator knows nothing of the roles that are made there.</summary>
    public bool HasRoles => options.Endpoint == options.CloudEndpoint;

    public Roles Roles { get; } = new(new ServiceClient(options.CloudEndpoint, options.Region, AccessKey.Test));

    /// <summary>The roles of functions, by the ARN of the function.</summary>
    public Dictionary<string, FunctionRole> FunctionRoles { get; } = [];

    public InvokePermissions Permissions { get; } = new();

    /// <summary>Calls as the deployment: with the key <c>test</c> until <see cref="SignInAsync"/>, and at another emulator for ever.</summary>
    public ServiceClient Services { get; private set; } = new(options.Endpoint, options.Region, AccessKey.Test);

    /// <summary>LocalCloud's own services, whoever stands behind <see cref="Services"/>.</summary>
    public ServiceClient CloudServices { get; } = new(options.CloudEndpoint, options.Region, AccessKey.Test);

    public FunctionHost Functions { get; } = new(options.Logs, options.OnInvocation);

    public HttpApi HttpApi { get; } = new(options.Time);

    /// <summary>The integrations of HTTP APIs by id.</summary>
    public Dictionary<string, LambdaFunction> Integrations { get; } = [];

    /// <summary>The one stage that an HTTP API has here; <c>$default</c> until the template names another.</summary>
    public Dictionary<string, string> Stages { get; } = [];

    public List<QueueMapping> Mappings { get; } = [];

    public List<ScheduledRule> Schedules { get; } = [];

    /// <summary>The permission that each schedule needs: by which its rule invokes its function.</summary>
    public Dictionary<ScheduledRule, string> RuleArns { get; } = [];

    public CustomResources CustomResources { get; } = new();

    /// <summary>Runtimes of functions that are not executables, by ARN: those cannot be run here.</summary>
    public Dictionary<string, string> NotRun { get; } = [];

    /// <summary>Types that are not created here and that the log has named.</summary>
    public HashSet<string> NamedTypes { get; } = [];

    /// <summary>From now on calls are made by a role of the deployment's own.</summary>
    public async Task SignInAsync(CancellationToken cancellationToken)
    {
        if (!HasRoles)
            return;
        try
        {
            var key = await Roles.SignInAsync(cancellationToken);
            Services.Dispose();
            Services = new ServiceClient(options.Endpoint, options.Region, key);
        }
        catch (ServiceError error)
        {
            throw new TemplateException($"The deployment cannot sign in at {options.Endpoint}: {error.Message.TrimEnd('.')}.", error);
        }
    }

    /// <summary>Remembers how to delete what was created in a service.</summary>
    public void Created(string what, Func<CancellationToken, Task> undo) => _undo.Push((what, undo));

    /// <summary>
    /// Begins to deliver: nothing is handled before everything exists. Waits for the functions' first processes, but not for ever: one that cannot
    /// start is in the log, and fails its events.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var warm = new List<Task>();
        var called = Mappings.Select(mapping => mapping.Function).Concat(Schedules.Select(schedule => schedule.Function)).Concat(Integrations.Values).ToHashSet();
        foreach (var function in Functions.Functions)
        {
            if (called.Contains(function))
                warm.Add(function.Processes.WarmAsync());
            else
                function.Processes.Retire();
        }
        Mappings.ForEach(mapping => mapping.Start());
        Schedules.ForEach(Begin);
        try
        {
            await Task.WhenAll(warm).WaitAsync(WarmUp, cancellationToken);
        }
        catch (TimeoutException)
        {
            LambdaLog.NotWarm(Logger, WarmUp.TotalSeconds);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Mappings.Select(mapping => mapping.DisposeAsync().AsTask()));
        await Task.WhenAll(Functions.DisposeAsync().AsTask(), Task.WhenAll(Schedules.Select(schedule => schedule.DisposeAsync().AsTask())));
        if (options.DeleteOnDispose)
            await DeleteAsync();
        foreach (var role in FunctionRoles.Values)
            role.Services.Dispose();
        Services.Dispose();
        CloudServices.Dispose();
        Roles.Dispose();
    }

    private void Begin(ScheduledRule schedule)
    {
        if (Permissions.Allows(schedule.Function.Settings.Arn, "events.amazonaws.com", RuleArns[schedule], Names.AccountId))
            schedule.Start();
        else
            LambdaLog.RuleMayNotInvoke(Logger, RuleArns[schedule], schedule.Function.Settings.Handler);
    }

    private async Task DeleteAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        while (_undo.TryPop(out var created))
        {
            try
            {
                await created.Undo(patience.Token);
            }
            catch (Exception e) when (e is ServiceError or OperationCanceledException)
            {
                Lambda.LambdaLog.NotRemoved(Logger, created.What, e.Message);
            }
        }
    }
}
