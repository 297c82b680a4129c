using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Makes the one shape of handler that the runtime calls out of the shapes that people write.</summary>
internal static class Handlers
{
    public static LambdaBootstrapHandler Of(Func<Stream, ILambdaContext, Task<Stream>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return async invocation => new InvocationResponse(await handler(invocation.InputStream, invocation.LambdaContext) ?? Stream.Null);
    }

    public static LambdaBootstrapHandler Of(Func<Stream, ILambdaContext, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return async invocation =>
        {
            await handler(invocation.InputStream, invocation.LambdaContext);
            return new InvocationResponse(Stream.Null);
        };
    }

    public static LambdaBootstrapHandler Of<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(serializer);
        return async invocation =>
        {
            await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext);
            return new InvocationResponse(Stream.Null);
        };
    }

    public static LambdaBootstrapHandler Of<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(serializer);
        return async invocation =>
        {
            var result = await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext);
            var output = new MemoryStream();
            serializer.Serialize(result, output);
            output.Position = 0;
            return new InvocationResponse(output);
        };
    }
}
