using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Puts a handler behind the Lambda Runtime API.</summary>
public class LambdaBootstrapBuilder
{
    private readonly LambdaBootstrapHandler _handler;
    private HttpClient? _httpClient;
    private LambdaBootstrapInitializer? _initializer;

    private LambdaBootstrapBuilder(LambdaBootstrapHandler handler) => _handler = handler;

    /// <summary>A handler that reads and writes the bytes itself.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) => new(Handlers.Of(handler));

    /// <summary>A handler that reads and writes the bytes itself.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, Task<Stream>> handler) => new(Handlers.Of((stream, _) => handler(stream)));

    /// <summary>A handler that reads the bytes itself and answers nothing.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task> handler) => new(Handlers.Of(handler));

    /// <summary>A handler that reads the bytes itself and answers nothing.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, Task> handler) => new(Handlers.Of((stream, _) => handler(stream)));

    /// <summary>A handler with an event and a result.</summary>
    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(Handlers.Of(handler, serializer));

    /// <summary>A handler with an event and a result.</summary>
    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(Handlers.Of<TInput, TOutput>((input, _) => handler(input), serializer));

    /// <summary>A handler with an event and a result.</summary>
    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(Handlers.Of<TInput, TOutput>((input, context) => Task.FromResult(handler(input, context)), serializer));

    /// <summary>A handler with an event that answers nothing.</summary>
    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(Handlers.Of(handler, serializer));

    /// <summary>A handler with an event that answers nothing.</summary>
    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        new(Handlers.Of<TInput>((input, _) => handler(input), serializer));

    /// <summary>A handler with an event that answers nothing.</summary>
    public static LambdaBootstrapBuilder Create<TInput>(Action<TInput, ILambdaContext> handler, ILambdaSerializer serializer) =>
        new(Handlers.Of<TInput>(
            (input, context) =>
            {
                handler(input, context);
                return Task.CompletedTask;
            },
            serializer));

    /// <summary>Talks to the Runtime API through this client, whose timeout must be longer than any wait for an event.</summary>
    public LambdaBootstrapBuilder UseHttpClient(HttpClient httpClient)
    {
        _httpClient = httpClient;
        return this;
    }

    /// <summary>Runs before the first event: true goes on, false ends the process in peace, an exception is reported as a failed start.</summary>
    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    /// <summary>The runtime, ready to run.</summary>
    public LambdaBootstrap Build() => _httpClient is null ? new(_handler, _initializer) : new(_httpClient, _handler, _initializer);
}
