namespace EndToEnd.Tests;

public sealed class PersistenceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("persistence-tests");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_by_kill_9()
    {
        var account = new Account();
        foreach (var sends in new[] { 150, 400, 40 })
        {
            await using var cloud = await CloudProcess.StartAsync(_folder.FullName);
            await Account.PrepareAsync(cloud);
            await account.WorkUntilKilledAsync(cloud, sends);
        }

        await using var last = await CloudProcess.StartAsync(_folder.FullName);
        await account.RepeatAsync(last);
        await account.SettleAsync(last);
    }

    [Fact]
    public async Task A_second_process_on_the_folder_gets_one_sentence()
    {
        await using var first = await CloudProcess.StartAsync(_folder.FullName);

        var (exitCode, error) = await CloudProcess.FailAsync(_folder.FullName);

        Assert.Equal((1, $"Another process uses the folder {_folder.FullName}: stop it first, or choose another folder."), (exitCode, error));
    }
}
