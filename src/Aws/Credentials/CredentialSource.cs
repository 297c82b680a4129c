using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace Aws.Credentials;

/// <summary>Where a client's credentials come from: the caller, the environment, the container endpoint, or AWSSDK.Core's own chain, which is loaded only then.</summary>
internal abstract class CredentialSource
{
    private static readonly Lazy<CredentialSource> _ambient = new(() => Of(null, null, TimeProvider.System));

    public abstract ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellation);

    public static CredentialSource Of(AWSCredentials? given, IClientConfig? config, TimeProvider time)
    {
        if (given is not null)
            return new Given(given);
        if (Variable("AWS_ACCESS_KEY_ID") is { } id && Variable("AWS_SECRET_ACCESS_KEY") is { } secret)
            return new Fixed(new ImmutableCredentials(id, secret, Variable("AWS_SESSION_TOKEN")));
        return ContainerCredentials.FromEnvironment(time) ?? (CredentialSource)new CoreChain(config);
    }

    /// <summary>The environment's credentials, for callers that cannot wait: blocks while the container endpoint or a role is asked.</summary>
    public static ImmutableCredentials Current() => _ambient.Value.GetAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    internal static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private sealed class Fixed(ImmutableCredentials credentials) : CredentialSource
    {
        public override ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellation) => new(credentials);
    }

    private sealed class Given(AWSCredentials credentials) : CredentialSource
    {
        public override async ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellation) =>
            await credentials.GetCredentialsAsync() ?? throw new AmazonClientException("Anonymous credentials cannot sign a request. Give the client others, or none.");
    }

    private sealed class CoreChain(IClientConfig? config) : CredentialSource
    {
        private AWSCredentials? _found;

        public override async ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellation)
        {
            _found ??= await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(config);
            return await _found.GetCredentialsAsync();
        }
    }
}
