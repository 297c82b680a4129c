using System.Text;
using LocalCloud.Http;

namespace LocalCloud.S3.Cors;

/// <summary>Answers a browser that asks what it may send, and marks the answers to what it sent.</summary>
internal static class Preflight
{
    /// <summary>An OPTIONS request: anybody may ask.</summary>
    /// <exception cref="ServiceException">No rule allows it.</exception>
    public static S3Answer Run(S3Call call)
    {
        var origin = call.Header("Origin") ?? throw new ServiceException("BadRequest", "Insufficient information. Origin request header needed.");
        var method = call.Header("Access-Control-Request-Method") ?? throw new ServiceException("BadRequest", "Invalid Access-Control-Request-Method: null");
        var headers = call.Header("Access-Control-Request-Headers") ?? "";
        var rules = call.Bucket().Settings.Cors;
        var names = headers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var answer = new S3Answer(200);
        (rules.FirstOrDefault(rule => IsSendable(origin, headers) && rule.Allows(origin, method, names)) ?? throw new ServiceException(
            "AccessForbidden",
            rules.Count == 0
                ? "CORSResponse: CORS is not enabled for this bucket."
                : "CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
            status: 403)).Write(answer, origin, headers);
        return answer;
    }

    /// <summary>Adds the headers of the first rule that allows the request, if it comes from a page at all.</summary>
    public static void Mark(S3Answer answer, Bucket? bucket, string? origin, string method)
    {
        if (origin is not null && IsSendable(origin, "") && bucket?.Settings.Cors.FirstOrDefault(rule => rule.Allows(origin, method, [])) is { } rule)
        {
            rule.Write(answer, origin, "");
        }
    }

    private static bool IsSendable(string origin, string headers) => Ascii.IsValid(origin) && Ascii.IsValid(headers);
}
