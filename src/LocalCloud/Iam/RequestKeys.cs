using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Iam;

/// <summary>The condition keys that every request has.</summary>
internal static class RequestKeys
{
    public static Dictionary<string, string> Of(HttpContext http, CloudOptions options, IReadOnlyDictionary<string, string>? more)
    {
        var keys = Basic(options, more);
        keys["aws:ViaAWSService"] = "false";
        if (http.Connection.RemoteIpAddress is { } address)
        {
            keys["aws:SourceIp"] = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        }

        if (http.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent)
        {
            keys["aws:UserAgent"] = agent;
        }

        return keys;
    }

    /// <summary>Those of a service that acts for a resource of the account, such as SNS for a topic.</summary>
    public static Dictionary<string, string> OfService(CloudOptions options, string sourceArn, IReadOnlyDictionary<string, string>? more = null)
    {
        var keys = Basic(options, more);
        keys["aws:SourceArn"] = sourceArn;
        keys["aws:SourceAccount"] = keys["aws:SourceOwner"] = options.AccountId;
        return keys;
    }

    private static Dictionary<string, string> Basic(CloudOptions options, IReadOnlyDictionary<string, string>? more)
    {
        var now = options.Time.GetUtcNow();
        Dictionary<string, string> keys = new(StringComparer.OrdinalIgnoreCase)
        {
            // A loopback stands for TLS here: templates deny whatever comes without, and no certificate could be trusted.
            ["aws:SecureTransport"] = "true",
            ["aws:CurrentTime"] = IamCall.Date(now),
            ["aws:EpochTime"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["aws:RequestedRegion"] = options.Region,
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
        {
            keys[name] = value;
        }

        return keys;
    }
}
