using System.Runtime.InteropServices;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Takes events from the Lambda Runtime API (AWS_LAMBDA_RUNTIME_API: a host, a port, and a path if there is one) and has them handled, one at a time.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly LambdaBootstrapHandler _handler;
    private readonly LambdaBootstrapInitializer? _initializer;

    /// <summary>A runtime with a client of its own.</summary>
    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer? initializer = null)
        : this(new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }), handler, initializer) => _ownsHttp = true;

    /// <summary>A runtime with a client of the caller's, which must not time out while it waits for an event.</summary>
    public LambdaBootstrap(HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapInitializer? initializer = null)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(handler);
        _http = httpClient;
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _handler = handler;
        _initializer = initializer;
    }

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Runs until cancelled, or until SIGTERM. A handler's exception is reported and the next event taken; an initializer's is reported and thrown.
    /// When the Runtime API is gone it throws <see cref="HttpRequestException"/>, so that the process ends instead of asking for ever.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var host = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API");
        if (string.IsNullOrEmpty(host))
            throw new InvalidOperationException("AWS_LAMBDA_RUNTIME_API is not set. Lambda sets it; locally, start the function through LocalCloud.");
        var api = new RuntimeApi(_http, host, Time);
        if (!await InitializeAsync(api, cancellationToken))
            return;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = false;
        // Waiting for an event, end in good order; within an invocation, leave it to the default, which ends the process at once.
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            if (signal.Cancel = Volatile.Read(ref waiting))
                stop.Cancel();
        });
        while (!stop.IsCancellationRequested)
        {
            InvocationRequest invocation;
            try
            {
                Volatile.Write(ref waiting, true);
                invocation = await api.NextAsync(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                Volatile.Write(ref waiting, false);
            }

            using (invocation)
                await InvokeAsync(api, invocation, cancellationToken);
        }
    }

    /// <summary>Disposes the client, if it is the runtime's own.</summary>
    public void Dispose()
    {
        if (_ownsHttp)
            _http.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<bool> InitializeAsync(RuntimeApi api, CancellationToken cancellation)
    {
        if (_initializer is null)
            return true;
        try
        {
            return await _initializer();
        }
        catch (Exception exception)
        {
            await api.ReportInitErrorAsync(Log(exception), exception.GetType().Name, cancellation);
            throw;
        }
    }

    private async Task InvokeAsync(RuntimeApi api, InvocationRequest invocation, CancellationToken cancellation)
    {
        var id = invocation.LambdaContext.AwsRequestId;
        InvocationResponse response;
        try
        {
            response = await _handler(invocation);
        }
        catch (Exception exception)
        {
            await api.ReportErrorAsync(id, Log(exception), exception.GetType().Name, cancellation);
            return;
        }

        try
        {
            if (!await api.RespondAsync(id, response.OutputStream, cancellation))
            {
                var tooLarge = new InvalidOperationException("The function's result is larger than Lambda takes (6 MB). Return less, or a reference to it.");
                await api.ReportErrorAsync(id, Log(tooLarge), "Runtime.ResponseSizeTooLarge", cancellation);
            }
        }
        finally
        {
            if (response.DisposeOutputStream)
                await response.OutputStream.DisposeAsync();
        }
    }

    private static byte[] Log(Exception exception)
    {
        var error = ErrorDocument.Write(exception);
        Console.Error.WriteLine(Encoding.UTF8.GetString(error));
        return error;
    }
}
