using Microsoft.AspNetCore.Http;

namespace Local.Web;

/// <summary>The page: book a room and watch what happens.</summary>
internal static class Page
{
    private static readonly byte[] Html = Load();

    public static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        return context.Response.Body.WriteAsync(Html, context.RequestAborted).AsTask();
    }

    private static byte[] Load()
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("index.html")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
