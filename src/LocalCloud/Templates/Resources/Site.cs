using LocalCloud.Http;
using LocalCloud.Lambda;
using LocalCloud.Lambda.Access;
using LocalCloud.Lambda.Calls;
using LocalCloud.Lambda.Functions;
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

    private readonly LambdaService _lambda = options.Cloud?.Lambda ?? new LambdaService(new CloudOptions { Logs = options.Logs, Region = options.Region, AccountId = options.AccountId });
    private readonly List<Function> _registered = [];
    private readonly List<EventSourceMapping> _mappings = [];
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

    /// <summary>Buckets are LocalCloud's own, as functions expect them, but are made by the deployment's own key where that is known.</summary>
    public ServiceClient BucketServices => HasRoles ? Services : CloudServices;

    public FunctionHost Functions { get; } = new(options.Logs, options.OnInvocation);

    public HttpGateway HttpApis { get; } = new(options.Time);

    /// <summary>The JWT authorizers of HTTP APIs by id.</summary>
    public Dictionary<string, JwtAuthorizer> Authorizers { get; } = [];

    /// <summary>The integrations of HTTP APIs by id.</summary>
    public Dictionary<string, LambdaFunction> Integrations { get; } = [];

    public IReadOnlyList<EventSourceMapping> Mappings => _mappings;

    /// <summary>The app's functions as the account knows them.</summary>
    public IReadOnlyList<Function> Registered => _registered;

    public List<ScheduledRule> Schedules { get; } = [];

    /// <summary>The permission that each schedule needs: by which its rule invokes its function.</summary>
    public Dictionary<ScheduledRule, string> RuleArns { get; } = [];

    public CustomResources CustomResources { get; } = new();

    /// <summary>Runtimes of functions that are not executables, by ARN: those cannot be run here.</summary>
    public Dictionary<string, string> NotRun { get; } = [];

    /// <summary>Types that are not created here and that the log has named.</summary>
    public HashSet<string> NamedTypes { get; } = [];

    /// <summary>Whether topics and functions are of one server, so that the ones can call the others.</summary>
    public bool ReachesFunctions => options.Cloud is { } cloud && cloud.Endpoint == options.Endpoint;

    /// <summary>Makes a function known to the account: to the server's if the deployment has one, else to one of its own.</summary>
    /// <exception cref="TemplateException">There is a function of that name.</exception>
    public void Register(ResourceContext context, FunctionConfiguration configuration, LambdaFunction? runnable)
    {
        try
        {
            var function = _lambda.Add(configuration, runnable, () => Services, options.Time);
            function.ReservedConcurrency = runnable?.Settings.ReservedConcurrency;
            _registered.Add(function);
        }
        catch (ServiceException e)
        {
            throw context.Wrong($"cannot be created: {e.Message.TrimEnd('.')}", e);
        }
    }

    public void Add(EventSourceMapping mapping)
    {
        _lambda.Add(mapping);
        _mappings.Add(mapping);
    }

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
        if (!options.Delivers)
            return;
        var warm = new List<Task>();
        var called = Mappings.Where(mapping => mapping.IsEnabled).Select(mapping => mapping.Function.Runnable)
            .Concat(Schedules.Select(schedule => schedule.Function.Runnable)).Concat(Integrations.Values).ToHashSet();
        foreach (var function in Functions.Functions)
        {
            if (called.Contains(function))
                warm.Add(function.Processes.WarmAsync());
            else
                function.Processes.Retire();
        }
        foreach (var mapping in Mappings)
            await mapping.StartAsync();
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
        await Task.WhenAll(_mappings.Select(_lambda.RemoveAsync));
        await Task.WhenAll(_registered.Select(_lambda.RemoveAsync));
        await Task.WhenAll(Functions.DisposeAsync().AsTask(), Task.WhenAll(Schedules.Select(schedule => schedule.DisposeAsync().AsTask())));
        if (options.DeleteOnDispose)
            await DeleteAsync();
        if (options.Cloud is null)
            await _lambda.DisposeAsync();
        foreach (var role in FunctionRoles.Values)
            role.Services.Dispose();
        Services.Dispose();
        CloudServices.Dispose();
        Roles.Dispose();
    }

    private void Begin(ScheduledRule schedule)
    {
        if (Permissions.Allows(schedule.Function.Arn, "events.amazonaws.com", RuleArns[schedule], Names.AccountId))
            schedule.Start();
        else
            LambdaLog.RuleMayNotInvoke(Logger, RuleArns[schedule], schedule.Function.Name);
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
