namespace Aws.Http;

/// <summary>Reads bodies that come from outside, up to a limit.</summary>
internal static class BoundedBody
{
    public static async Task<PooledBuffer> ReadAsync(HttpContent content, int limit, CancellationToken cancellation)
    {
        var announced = content.Headers.ContentLength;
        if (announced > limit)
            throw TooLarge(limit);
        var buffer = new PooledBuffer((int)(announced + 1 ?? 4096));
        try
        {
            using var stream = await content.ReadAsStreamAsync(cancellation);
            while (await stream.ReadAsync(buffer.GetMemory(), cancellation) is > 0 and var read)
            {
                buffer.Advance(read);
                if (buffer.Length > limit)
                    throw TooLarge(limit);
            }

            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static HttpRequestException TooLarge(int limit) => new($"The answer is larger than {limit} bytes and was not read.");
}
