using Amazon.Runtime;

namespace Aws.Tests.Loopback;

/// <summary>Sets environment variables, all other AWS ones being unset, and puts everything back at the end.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public EnvironmentScope(params (string Name, string? Value)[] variables)
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (name.StartsWith("AWS_", StringComparison.Ordinal))
                Set(name, null);
        }

        // Whatever is not set here must not be looked for on the machine that runs the test.
        Set("AWS_EC2_METADATA_DISABLED", "true");
        foreach (var (name, value) in variables)
            Set(name, value);

        // The SDK looks for a region once a process otherwise.
        FallbackRegionFactory.Reset();
    }

    public static EnvironmentScope With(LoopbackServer server, params (string Name, string? Value)[] variables) => new(
    [
        ("AWS_ENDPOINT_URL", server.Url), ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret"),
        .. variables,
    ]);

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        FallbackRegionFactory.Reset();
    }

    private void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
