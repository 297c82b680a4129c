using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Http;

/// <summary>Reads a whole request body into memory, up to a limit.</summary>
internal static class RequestBody
{
    /// <returns>The body, or null when it is too large. A body that is too large is read on (bounded) so that the answer reaches the client.</returns>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, int limit)
    {
        var reader = request.BodyReader;
        long discarded = 0;
        while (true)
        {
            var result = await reader.ReadAsync(request.HttpContext.RequestAborted);
            var buffer = result.Buffer;
            if (discarded == 0 && buffer.Length <= limit)
            {
                if (result.IsCompleted)
                {
                    var body = buffer.ToArray();
                    reader.AdvanceTo(buffer.End);
                    return body;
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            discarded += buffer.Length;
            reader.AdvanceTo(buffer.End);
            if (result.IsCompleted || discarded > Limits.DiscardedBytes)
            {
                return null;
            }
        }
    }
}
