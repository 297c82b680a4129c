using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Lambda.Http;

/// <summary>The CORS configuration of an HTTP API: it answers preflight requests itself, and its headers replace those of the functions.</summary>
internal sealed record Cors
{
    /// <summary>What a response may say of CORS; with a configuration only this says it.</summary>
    public const string HeaderPrefix = "access-control-";

    public IReadOnlyList<string> AllowOrigins { get; init; } = [];

    public IReadOnlyList<string> AllowMethods { get; init; } = [];

    public IReadOnlyList<string> AllowHeaders { get; init; } = [];

    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];

    public bool AllowCredentials { get; init; }

    /// <summary>In seconds; null when the template does not say.</summary>
    public int? MaxAge { get; init; }

    /// <summary>Adds the headers for the request's origin, and answers a preflight request.</summary>
    /// <returns>Whether the request is answered.</returns>
    public bool Answer(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        if (request.Headers.Origin is not [{ Length: > 0 } origin])
            return false;
        var preflight = HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0;
        if (Allowed(origin) is { } allowed)
        {
            headers.AccessControlAllowOrigin = allowed;
            if (AllowCredentials)
                headers.AccessControlAllowCredentials = "true";
            if (ExposeHeaders.Count > 0)
                headers.AccessControlExposeHeaders = string.Join(',', ExposeHeaders);
            if (preflight)
                AnswerPreflight(headers);
        }
        if (preflight)
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        return preflight;
    }

    private void AnswerPreflight(IHeaderDictionary headers)
    {
        if (AllowMethods.Count > 0)
            headers.AccessControlAllowMethods = AllowMethods is ["*"] ? "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT" : string.Join(',', AllowMethods);
        if (AllowHeaders.Count > 0)
            headers.AccessControlAllowHeaders = string.Join(',', AllowHeaders);
        if (MaxAge is { } seconds)
            headers.AccessControlMaxAge = seconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>An origin by itself, <c>*</c>, or a scheme with one: <c>https://*</c>.</summary>
    private string? Allowed(string origin) =>
        AllowOrigins.Contains("*") ? (AllowCredentials ? origin : "*")
        : AllowOrigins.Any(allowed => allowed == origin || (allowed.EndsWith("://*", StringComparison.Ordinal) && origin.StartsWith(allowed[..^1], StringComparison.Ordinal))) ? origin
        : null;
}
