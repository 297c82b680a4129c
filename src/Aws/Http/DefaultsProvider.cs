using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Aws.Http;

/// <summary>What <see cref="ClientConfig"/> asks for its defaults: standard retries, no timeouts of its own. Nothing is read from files.</summary>
internal sealed class DefaultsProvider : IDefaultConfigurationProvider
{
    public static readonly DefaultsProvider Instance = new();

    private static readonly DefaultConfiguration _standard = new()
    {
        Name = DefaultConfigurationMode.Standard,
        RetryMode = RequestRetryMode.Standard,
    };

    public IDefaultConfiguration GetDefaultConfiguration(Amazon.RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) => _standard;
}
