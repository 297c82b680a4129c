using Amazon.Lambda.Core;
using Aws.Http;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One event to handle.</summary>
public class InvocationRequest : IDisposable
{
    private readonly PooledBuffer _event;

    internal InvocationRequest(PooledBuffer payload, ILambdaContext context)
    {
        _event = payload;
        InputStream = new MemoryStream(payload.Bytes, 0, payload.Length, writable: false, publiclyVisible: true);
        LambdaContext = context;
    }

    /// <summary>The event's bytes; gone when the invocation is over.</summary>
    public Stream InputStream { get; }

    /// <summary>What Lambda says about the invocation.</summary>
    public ILambdaContext LambdaContext { get; }

    /// <summary>Gives the event's memory back.</summary>
    public void Dispose()
    {
        InputStream.Dispose();
        _event.Dispose();
        GC.SuppressFinalize(this);
    }
}
