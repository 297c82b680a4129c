using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Messaging.Hosting;

namespace Messaging.Tests;

/// <summary>What a function has of claim check and encryption by its environment.</summary>
public sealed class PayloadServicesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_that_meets_no_large_payload_loads_neither_S3_nor_KMS()
    {
        var apart = new Apart();
        var type = apart.LoadFromAssemblyName(typeof(FunctionHost).Assembly.GetName()).GetType(typeof(FunctionHost).FullName!)!;
        Environment.SetEnvironmentVariable("PAYLOAD_BUCKET", "payloads");
        try
        {
            dynamic host = Activator.CreateInstance(type)!;
            dynamic consumer = host.Consumer("tests");
            Assert.True(Has((object)consumer, "Payloads") && Has((object)host, "Prepare"));
            var verdict = await consumer.HandleAsync(new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(ConsumerTests.Body())), 1, Ct);
            Assert.Contains("tests has no handler for the type", (string)verdict.ToString(), StringComparison.Ordinal);
            await host.DisposeAsync();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PAYLOAD_BUCKET", null);
        }

        var loaded = apart.Assemblies.Select(assembly => assembly.GetName().Name).ToArray();
        Assert.Contains("Messaging", loaded);
        Assert.DoesNotContain("AWSSDK.S3", loaded);
        Assert.DoesNotContain("AWSSDK.KeyManagementService", loaded);
    }

    [Theory]
    [InlineData(null, null, false, false)]
    [InlineData("", "", false, false)]
    [InlineData("payloads", null, true, false)]
    public void What_the_environment_does_not_name_is_off(string? bucket, string? key, bool hasBucket, bool hasKey)
    {
        using var services = new PayloadServices(name => name switch { "PAYLOAD_BUCKET" => bucket, "PAYLOAD_KEY" => key, _ => null }, TimeProvider.System);

        Assert.Equal((hasBucket, hasKey, hasBucket || hasKey), (services.Bucket is not null, services.Encryption is not null, services.Prepare is not null));
    }

    // Not by a dynamic call, which looks at all members of what it gets, and so loads what those name.
    private static bool Has(object owner, string property) => owner.GetType().GetProperty(property)!.GetValue(owner) is not null;

    // The test's own folder once more, so that what other tests loaded does not count.
    private sealed class Apart() : AssemblyLoadContext("apart")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
