namespace LocalCloud.Tests.Persistence;

/// <summary>A cloud on a folder that is killed and started again.</summary>
internal sealed class PersistentCloud : IAsyncDisposable
{
    private readonly DirectoryInfo _folders = Directory.CreateTempSubdirectory("journal-tests");
    private readonly FakeTime _time = new();
    private int _starts;

    private PersistentCloud()
    {
    }

    public TestCloud Cloud { get; private set; } = null!;

    public FakeTime Time => _time;

    /// <summary>The folder of the cloud that runs.</summary>
    public string Folder { get; private set; } = "";

    public static async Task<PersistentCloud> StartAsync()
    {
        var cloud = new PersistentCloud();
        cloud.Folder = cloud.NextFolder();
        cloud.Cloud = await TestCloud.StartAsync(persistTo: cloud.Folder, time: cloud._time);
        return cloud;
    }

    /// <summary>Starts a new process, as far as the files can tell, on what kill -9 leaves: the bytes written so far.</summary>
    public async Task KillAsync(Action<string>? damage = null)
    {
        var next = NextFolder();
        Copy(next);
        await Cloud.DisposeAsync();
        damage?.Invoke(next);
        Folder = next;
        Cloud = await TestCloud.StartAsync(persistTo: next, time: _time);
    }

    public async Task KillAsync(TimeSpan later)
    {
        var next = NextFolder();
        Copy(next);
        await Cloud.DisposeAsync();
        _time.Advance(later);
        Folder = next;
        Cloud = await TestCloud.StartAsync(persistTo: next, time: _time);
    }

    /// <summary>Everything that a later start must find, in one new file.</summary>
    public async Task CompactAndKillAsync()
    {
        Cloud.Compact();
        Assert.Single(Files);
        await KillAsync();
    }

    public string[] Files => [.. Directory.GetFiles(Folder, "journal-*").Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        _folders.Delete(recursive: true);
    }

    public string NextFolder() => Path.Combine(_folders.FullName, $"{++_starts}");

    private void Copy(string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Files)
        {
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = File.Create(Path.Combine(to, Path.GetFileName(file)));
            from.CopyTo(copy);
        }
    }
}
