using LocalCloud.Lambda.Functions;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Lambda.Queues;

/// <summary>An event-source mapping in the account: it polls while it is enabled and its function is one that is run here.</summary>
internal sealed class EventSourceMapping(Function function, QueueMappingSettings settings, bool enabled, QueueClient queue, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _changing = new(1);
    private QueueMapping? _polling;
    private bool _ended;

    public Guid Id { get; init; } = Guid.NewGuid();

    public string Arn => $"{string.Join(':', Function.Arn.Split(':')[..5])}:event-source-mapping:{Id}";

    public Function Function { get; private set; } = function;

    public QueueMappingSettings Settings { get; private set; } = settings;

    public bool IsEnabled { get; private set; } = enabled;

    public DateTimeOffset LastModified { get; set; }

    /// <summary>Begins to poll, if it is enabled; polls anew if it did already, for a function that was changed.</summary>
    public Task StartAsync() => ChangeAsync(Function, Settings, IsEnabled);

    /// <summary>From now on it polls as it is told here. What is at work is finished.</summary>
    public async Task ChangeAsync(Function function, QueueMappingSettings settings, bool enabled)
    {
        await _changing.WaitAsync();
        try
        {
            await StopAsync();
            (Function, Settings, IsEnabled) = (function, settings, enabled);
            if (_ended || !enabled || function.Runnable is not { } runnable)
                return;
            _polling = new QueueMapping(settings, runnable, queue, logger);
            _polling.Start();
        }
        finally
        {
            _changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _changing.WaitAsync();
        try
        {
            _ended = true;
            await StopAsync();
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task StopAsync()
    {
        if (_polling is not null)
            await _polling.DisposeAsync();
        _polling = null;
    }
}
