namespace Infra;

/// <summary>Settings of the Node.js process that runs the CDK's own code.</summary>
internal static class JsiiRuntime
{
    private const string PackageCache = "JSII_RUNTIME_PACKAGE_CACHE";
    private const string SilencedVersions = "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION";

    /// <summary>Adds to the caller's environment. Must run before the first CDK type is used.</summary>
    internal static void Configure()
    {
        // Unpacking the CDK takes seconds: do it once a machine instead of once a run.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(PackageCache)))
            Environment.SetEnvironmentVariable(PackageCache, "enabled");
        // A list of major versions. Node 20 still works; its end-of-life notice would be the first thing that everyone reads.
        Environment.SetEnvironmentVariable(SilencedVersions, $"{Environment.GetEnvironmentVariable(SilencedVersions)},20");
    }
}
