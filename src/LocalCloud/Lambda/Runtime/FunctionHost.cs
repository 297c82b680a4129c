using System.Collections.Immutable;
using System.Diagnostics;
using LocalCloud.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Lambda.Runtime;

/// <summary>All functions of a deployment: the Runtime API they speak to, and their processes.</summary>
internal sealed class FunctionHost(ILoggerFactory logs, Action<Invocation>? observe) : IAsyncDisposable
{
    /// <summary>Programs that start all at once on a laptop make one another miss Lambda's 10 s.</summary>
    private readonly SemaphoreSlim _starts = new(Math.Max(2, Environment.ProcessorCount));
    private readonly RuntimeApi _api = new();
    private ImmutableList<LambdaFunction> _functions = [];
    private readonly ILogger _logger = logs.CreateLogger<FunctionHost>();
    private Timer? _trimming;

    public RuntimeApi Api => _api;

    public IReadOnlyList<LambdaFunction> Functions => _functions;

    /// <param name="serve">Adds paths of others to the server, before it starts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(Action<WebApplication>? serve, CancellationToken cancellationToken)
    {
        serve?.Invoke(_api.Server);
        await _api.StartAsync(cancellationToken);
        _trimming = new Timer(_ => Trim(), null, ProcessPool.IdleLimit / 3, ProcessPool.IdleLimit / 3);
    }

    /// <summary>The function can be invoked from now on; its first process starts with <see cref="ProcessPool.WarmAsync"/> or with the first event.</summary>
    public LambdaFunction Add(FunctionSettings settings)
    {
        var output = logs.CreateLogger($"Function.{settings.Handler}");
        var pool = new ProcessPool(settings, ready => Launch(settings, ready, output), _starts, _logger);
        var function = new LambdaFunction(settings, pool, Observe);
        ImmutableInterlocked.Update(ref _functions, all => all.Add(function));
        return function;
    }

    /// <summary>Ends a function's processes; it cannot be invoked any more.</summary>
    public async ValueTask RemoveAsync(LambdaFunction function)
    {
        ImmutableInterlocked.Update(ref _functions, all => all.Remove(function));
        await function.Processes.DisposeAsync();
    }

    /// <summary>By physical name, handler, or ARN with or without a version or alias; null if there is none.</summary>
    public LambdaFunction? Find(string name) =>
        _functions.Find(function => function.Settings.Name == name || $"{name}:".StartsWith($"{function.Settings.Arn}:", StringComparison.Ordinal))
        ?? _functions.Find(function => function.Settings.Handler == name);

    public async ValueTask DisposeAsync()
    {
        if (_trimming is not null)
            await _trimming.DisposeAsync();
        await Task.WhenAll(_functions.Select(function => function.Processes.DisposeAsync().AsTask()));
        await _api.DisposeAsync();
    }

    private void Trim()
    {
        foreach (var function in _functions)
            function.Processes.Trim(ProcessPool.IdleLimit);
    }

    private void Observe(Invocation invocation)
    {
        try
        {
            observe?.Invoke(invocation);
        }
        catch (Exception e)
        {
            // An observer must not decide whether a message was handled.
            LambdaLog.ObserverFailed(_logger, invocation.Function, invocation.RequestId, e);
        }
    }

    private FunctionProcess Launch(FunctionSettings settings, Action<FunctionProcess> ready, ILogger output)
    {
        var start = settings.Start();
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError, start.CreateNoWindow) = (false, true, true, true);
        var process = new FunctionProcess(settings, new Process { StartInfo = start }, ready);
        var id = Guid.NewGuid().ToString("N");
        ProcessEnvironment.Apply(start, settings.Environment, _api.Open(id, process, settings));
        try
        {
            process.Start(line => LambdaLog.Printed(output, line), line => LambdaLog.PrintedError(output, line));
            return process;
        }
        catch
        {
            _api.Close(id);
            process.Dispose();
            throw;
        }
    }
}
