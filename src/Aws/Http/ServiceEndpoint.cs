using Amazon.Runtime;

namespace Aws.Http;

/// <summary>Where a service is, and the region its requests are signed for.</summary>
internal sealed record ServiceEndpoint(Uri Address, string Region)
{
    /// <summary>
    /// The configuration's <c>ServiceURL</c>, else AWS_ENDPOINT_URL_{suffix}, else AWS_ENDPOINT_URL, else AWS's endpoint for the region.
    /// The region is the configuration's, else the environment's; with an endpoint of one's own it may be left out.
    /// </summary>
    public static ServiceEndpoint Resolve(ClientConfig config, string suffix)
    {
        if ((config.ServiceURL ?? FromEnvironment(suffix)) is { } url)
        {
            return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? new(address, RegionName(config) ?? "us-east-1")
                : throw new AmazonClientException($"The endpoint '{url}' is not an absolute http or https URL. Set AWS_ENDPOINT_URL_{suffix} or ServiceURL to one.");
        }

        var region = config.RegionEndpoint ?? throw new AmazonClientException(
            "No region is known. Set AWS_REGION, or RegionEndpoint in the client's configuration.");
        var scheme = config.UseHttp ? "http" : "https";
        return new(
            new Uri($"{scheme}://{config.RegionEndpointServiceName}.{region.SystemName}.{region.PartitionDnsSuffix}/"),
            config.AuthenticationRegion ?? region.SystemName);
    }

    /// <summary>The region that the environment names, or null.</summary>
    public static string? RegionFromEnvironment() => Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION");

    private static string? RegionName(ClientConfig config) =>
        config.AuthenticationRegion ?? (config.ServiceURL is null ? config.RegionEndpoint?.SystemName : null) ?? RegionFromEnvironment();

    private static string? FromEnvironment(string suffix) =>
        string.Equals(Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true", StringComparison.OrdinalIgnoreCase)
            ? null
            : Variable("AWS_ENDPOINT_URL_" + suffix) ?? Variable("AWS_ENDPOINT_URL");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
