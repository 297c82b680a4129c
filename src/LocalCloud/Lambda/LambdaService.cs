using System.Collections.Concurrent;
using LocalCloud.Http;
using LocalCloud.Lambda.Access;
using LocalCloud.Lambda.Api;
using LocalCloud.Lambda.Calls;
using LocalCloud.Lambda.Code;
using LocalCloud.Lambda.Events;
using LocalCloud.Lambda.Functions;
using LocalCloud.Lambda.Queues;
using LocalCloud.Lambda.Runtime;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Lambda;

/// <summary>
/// The functions and event-source mappings of an account: those that were created through the API, which are run here, and those of deployments, which
/// bring their own processes. Nothing runs before the first function is called.
/// </summary>
internal sealed class LambdaService : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Function> _functions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, EventSourceMapping> _mappings = new();
    private readonly EventRoom _room = new();
    private readonly CloudOptions _options;
    private readonly ILogger _logger;
    private readonly Lazy<Task<FunctionHost>> _host;
    private readonly Lazy<ServiceClient> _services;
    private readonly Lazy<Roles> _roles;

    public LambdaService(CloudOptions options)
    {
        _options = options;
        _logger = options.Logs.CreateLogger<LambdaService>();
        _host = new(StartHostAsync);
        _services = new(() => Client(AccessKey.Test));
        _roles = new(() => new Roles(Client(AccessKey.Test)));
    }

    /// <summary>Where the other services are; set when the server listens.</summary>
    public Uri? Endpoint { get; set; }

    public ILogger Logger => _logger;

    public TimeProvider Time => _options.Time;

    /// <summary>By name.</summary>
    public IEnumerable<Function> Functions => _functions.Values.OrderBy(function => function.Name, StringComparer.Ordinal);

    public IEnumerable<EventSourceMapping> Mappings => _mappings.Values.OrderBy(mapping => mapping.Id);

    /// <summary>The calls of mappings and destinations of functions that were created through the API.</summary>
    public ServiceClient Services => _services.Value;

    public string Arn(string name) => $"arn:aws:lambda:{_options.Region}:{_options.AccountId}:function:{name}";

    /// <summary>By name, or ARN with or without a version or alias; null if there is none.</summary>
    public Function? Find(string reference) => FunctionReference.TryParse(reference) is { } parsed ? _functions.GetValueOrDefault(parsed.Name) : null;

    public EventSourceMapping? Mapping(Guid id) => _mappings.GetValueOrDefault(id);

    /// <summary>Takes a topic's event for a function; false if there is no such function that is run here, or no room.</summary>
    public bool TryNotify(string functionArn, byte[] payload) =>
        Find(functionArn) is { Runnable: not null } function && function.Events.TryAccept("sns", payload, InvocationDetails.None) is not null;

    /// <summary>Adds a function that somebody else runs, or nobody.</summary>
    /// <exception cref="ServiceException">There is one of that name, or there are too many.</exception>
    public Function Add(FunctionConfiguration configuration, LambdaFunction? runnable, Func<ServiceClient> services, TimeProvider time)
    {
        if (_functions.Count >= Limits.Functions)
            throw LambdaError.InvalidValue($"LocalCloud keeps {Limits.Functions} functions.");
        var destinations = new Destinations(services, Find, time, _logger);
        var events = new EventQueue(new EventQueueOwner(() => _functions.GetValueOrDefault(configuration.Name), destinations), _room, time, _logger);
        var function = new Function(configuration, runnable, events);
        return _functions.TryAdd(configuration.Name, function) ? function : throw LambdaError.Exists(configuration.Name);
    }

    /// <summary>A function that is run here runs as its role, so the role must be there and let Lambda in.</summary>
    /// <exception cref="ServiceException">It is not, or does not.</exception>
    public async Task CheckRoleAsync(FunctionConfiguration configuration, CancellationToken cancellationToken)
    {
        if (!configuration.IsExecutable)
            return;
        try
        {
            if (await _roles.Value.TrustsLambdaAsync(configuration.Role, cancellationToken))
                return;
        }
        catch (ServiceError error) when (error.Code == "NoSuchEntity")
        {
            // As for one that refuses: Lambda does not tell which.
        }
        throw LambdaError.InvalidValue(Roles.NotAssumed);
    }

    /// <summary>Runs a function's package from now on, in the place of what ran before.</summary>
    /// <exception cref="ServiceException">The package has nothing that could be run.</exception>
    public async Task RunAsync(Function function)
    {
        if (function.Package is not { } package || !function.Configuration.IsExecutable)
            return;
        var configuration = function.Configuration;
        var before = function.Runnable;
        var role = await AssumeAsync(function);
        var host = await _host.Value;
        function.Runnable = host.Add(new FunctionSettings
        {
            Name = configuration.Name,
            Handler = configuration.Name,
            Arn = configuration.Arn,
            Timeout = TimeSpan.FromSeconds(configuration.Timeout),
            MemorySize = configuration.MemorySize,
            ReservedConcurrency = function.ReservedConcurrency,
            Environment = CodeEnvironment.Of(configuration, package.Folder, Endpoint!, role.Key),
            Start = () => package.Start(configuration.Runtime!, configuration.Handler),
        });
        foreach (var mapping in Mappings.Where(mapping => mapping.Function == function))
            await mapping.StartAsync();
        if (before is not null)
            await host.RemoveAsync(before);
    }

    /// <summary>Deletes a function with what waits to be tried again. Its mappings stay, as on AWS, and poll no more.</summary>
    public async Task RemoveAsync(Function function)
    {
        if (!_functions.TryRemove(KeyValuePair.Create(function.Name, function)))
            return;
        var runnable = function.Runnable;
        function.Runnable = null;
        await function.Events.DisposeAsync();
        foreach (var mapping in Mappings.Where(mapping => mapping.Function == function))
            await mapping.StartAsync();
        if (function.Package is not { } package)
            return;
        if (runnable is not null)
            await (await _host.Value).RemoveAsync(runnable);
        package.Dispose();
    }

    /// <exception cref="ServiceException">There are too many.</exception>
    public void Add(EventSourceMapping mapping)
    {
        if (_mappings.Count >= Limits.EventSourceMappings)
            throw LambdaError.InvalidValue($"LocalCloud keeps {Limits.EventSourceMappings} event source mappings.");
        _mappings[mapping.Id] = mapping;
    }

    public async Task RemoveAsync(EventSourceMapping mapping)
    {
        _mappings.TryRemove(mapping.Id, out _);
        await mapping.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_mappings.Values.Select(mapping => mapping.DisposeAsync().AsTask()));
        foreach (var function in _functions.Values)
            await function.Events.DisposeAsync();
        if (_host.IsValueCreated)
            await (await _host.Value).DisposeAsync();
        foreach (var function in _functions.Values)
        {
            function.Package?.Dispose();
            function.Role?.Services.Dispose();
        }
        if (_roles.IsValueCreated)
            _roles.Value.Dispose();
        if (_services.IsValueCreated)
            _services.Value.Dispose();
    }

    private async Task<FunctionRole> AssumeAsync(Function function)
    {
        var (before, arn) = (function.Role, function.Configuration.Role);
        if (before?.Arn == arn)
            return before;
        var key = await _roles.Value.AssumeAsync(arn, function.Name, CancellationToken.None);
        function.Role = new FunctionRole(arn, key, Client(key));
        before?.Services.Dispose();
        return function.Role;
    }

    private ServiceClient Client(AccessKey key) => new(Endpoint ?? throw new InvalidOperationException("The server is not started yet."), _options.Region, key);

    private async Task<FunctionHost> StartHostAsync()
    {
        var host = new FunctionHost(_options.Logs, observe: null);
        await host.StartAsync(serve: null, CancellationToken.None);
        return host;
    }
}
