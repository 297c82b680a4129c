using LocalCloud.DynamoDb.Streams;

namespace LocalCloud.DynamoDb.Tables;

/// <summary>The tables of the account and the streams, also those of deleted tables. Everything happens under its lock, one request at a time.</summary>
internal sealed class Database(CloudOptions options)
{
    private readonly SortedDictionary<string, Table> _tables = new(StringComparer.Ordinal);
    private readonly List<TableStream> _streams = [];
    private readonly StoredBytes _stored = new();

    public Lock Gate { get; } = new();

    public TransactionTokens Tokens { get; } = new();

    public DateTimeOffset Now => options.Time.GetUtcNow();

    public string Region => options.Region;

    public IEnumerable<Table> Tables => _tables.Values;

    public IReadOnlyList<TableStream> Streams
    {
        get
        {
            // A record may come into being just now, because something expired.
            foreach (var table in _tables.Values)
            {
                table.Expire(Now);
            }

            _streams.RemoveAll(stream => stream.IsGone(Now));
            return _streams;
        }
    }

    public string ArnOf(string table) => $"arn:aws:dynamodb:{options.Region}:{options.AccountId}:table/{table}";

    /// <summary>Checks before several changes that all of them can be done.</summary>
    /// <exception cref="Http.ServiceException">LocalCloud's storage is full.</exception>
    public void Ensure(long bytes) => _stored.Ensure(bytes);

    /// <summary>A table without what has expired in it.</summary>
    public Table? Find(string name)
    {
        var table = _tables.GetValueOrDefault(name);
        table?.Expire(Now);
        return table;
    }

    /// <exception cref="Http.ServiceException">There is one by this name, or there are too many.</exception>
    public Table Create(TableDefinition definition)
    {
        if (_tables.ContainsKey(definition.Name))
        {
            throw DynamoDbError.InUse($"Table already exists: {definition.Name}");
        }

        if (_tables.Count >= Limits.Tables)
        {
            throw DynamoDbError.LimitExceeded($"Subscriber limit exceeded: There is a limit of {Limits.Tables} tables per subscriber");
        }

        return _tables[definition.Name] = new Table(definition, ArnOf(definition.Name), Now, _stored);
    }

    public void Delete(Table table)
    {
        table.Stream?.Close(Now);
        table.Free();
        _tables.Remove(table.Name);
    }

    public void StartStream(Table table, string view)
    {
        // A label is a time, and no two streams of a table have the same.
        var label = Now;
        while (_streams.Any(stream => stream.Table == table.Name && stream.Created == label))
        {
            label = label.AddMilliseconds(1);
        }

        table.Stream = new TableStream(table.Name, table.Arn, table.Key, view, label);
        _streams.Add(table.Stream);
    }
}
