[assembly: AssemblyFixture(typeof(EndToEnd.Tests.SharedEnvironment))]

namespace EndToEnd.Tests;

/// <summary>One environment for all tests that leave it as they found it.</summary>
public sealed class SharedEnvironment : IAsyncLifetime
{
    private LocalProcess? _local;

    public LocalProcess Local => _local!;

    public async ValueTask InitializeAsync() => _local = await LocalProcess.StartAsync();

    public ValueTask DisposeAsync() => _local?.DisposeAsync() ?? ValueTask.CompletedTask;
}
