using Microsoft.AspNetCore.Http;

namespace LocalCloud.Lambda.Runtime;

/// <summary>Reads a request's body, up to a limit.</summary>
internal static class Body
{
    /// <summary>Null if it is longer than <paramref name="limit"/> bytes; then no more than that has been kept.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
            return null;
        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is var count and > 0)
        {
            if (body.Length + count > limit)
                return null;
            body.Write(buffer, 0, count);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
