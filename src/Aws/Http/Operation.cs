namespace Aws.Http;

/// <summary>One operation of a service: how its request is written and how its answer is read.</summary>
/// <param name="Target">The <c>X-Amz-Target</c> of the JSON 1.0 protocol; null for the others.</param>
/// <param name="Write">Writes the request's body.</param>
/// <param name="Read">Reads the answer's body: the first so many bytes of the array.</param>
internal sealed record Operation<TRequest, TResponse>(string? Target, Action<PooledBuffer, TRequest> Write, Func<byte[], int, TResponse> Read);
