namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The result of an invocation.</summary>
public class InvocationResponse
{
    /// <summary>A result whose stream is disposed after it is sent.</summary>
    public InvocationResponse(Stream outputStream)
        : this(outputStream, disposeOutputStream: true)
    {
    }

    /// <summary>A result, and whether its stream is disposed after it is sent.</summary>
    public InvocationResponse(Stream outputStream, bool disposeOutputStream)
    {
        ArgumentNullException.ThrowIfNull(outputStream);
        OutputStream = outputStream;
        DisposeOutputStream = disposeOutputStream;
    }

    /// <summary>The bytes, at most 6 MB, read from the stream's position on.</summary>
    public Stream OutputStream { get; set; }

    /// <summary>Whether the stream is disposed after it is sent.</summary>
    public bool DisposeOutputStream { get; }
}
