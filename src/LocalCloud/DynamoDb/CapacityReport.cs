using System.Text.Json;
using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb;

/// <summary>The capacity units that a request used, for the answer, if it asks for them.</summary>
internal sealed class CapacityReport
{
    private const int ReadUnit = 4096;
    private const int WriteUnit = 1024;

    private readonly string _mode;
    private readonly bool _transactional;
    private readonly SortedDictionary<string, Use> _uses = new(StringComparer.Ordinal);

    /// <param name="input">The request.</param>
    /// <param name="transactional">In a transaction everything counts twice.</param>
    /// <exception cref="Http.ServiceException">ReturnConsumedCapacity has no such value.</exception>
    public CapacityReport(DynamoDbInput input, bool transactional = false) =>
        (_mode, _transactional) = (input.OneOf("ReturnConsumedCapacity", "INDEXES", "TOTAL", "NONE") ?? "NONE", transactional);

    /// <summary>Counts what one request, or one of its items, read.</summary>
    public void Read(Table table, TableIndex? index, long bytes, bool consistent)
    {
        var units = Math.Max(1, (bytes + ReadUnit - 1) / ReadUnit) * (_transactional ? 2m : consistent ? 1m : 0.5m);
        var use = Of(table);
        use.Reads += units;
        if (index is null)
        {
            use.Table += units;
        }
        else
        {
            use.Add(index, units);
        }
    }

    /// <summary>Counts a change of an item.</summary>
    /// <param name="table">The table.</param>
    /// <param name="bytes">Of the larger of the item before and after.</param>
    /// <param name="indexes">Bytes written to each index.</param>
    public void Wrote(Table table, int bytes, IReadOnlyDictionary<string, int> indexes)
    {
        var use = Of(table);
        use.Table += Units(bytes);
        use.Writes += Units(bytes);
        foreach (var (name, size) in indexes)
        {
            use.Add(table.Index(name)!, Units(size));
            use.Writes += Units(size);
        }
    }

    public void WriteOne(Utf8JsonWriter output)
    {
        if (_mode != "NONE")
        {
            output.WritePropertyName("ConsumedCapacity"u8);
            Write(output, _uses.Values.Single());
        }
    }

    public void WriteAll(Utf8JsonWriter output)
    {
        if (_mode != "NONE")
        {
            output.WriteStartArray("ConsumedCapacity"u8);
            foreach (var use in _uses.Values)
            {
                Write(output, use);
            }

            output.WriteEndArray();
        }
    }

    private decimal Units(int bytes) => Math.Max(1, (bytes + WriteUnit - 1) / WriteUnit) * (_transactional ? 2m : 1m);

    private Use Of(Table table) => _uses.TryGetValue(table.Name, out var use) ? use : _uses[table.Name] = new Use(table.Name);

    private void Write(Utf8JsonWriter output, Use use)
    {
        output.WriteStartObject();
        output.WriteString("TableName"u8, use.Name);
        output.WriteNumber("CapacityUnits"u8, use.Reads + use.Writes);
        if (_transactional)
        {
            output.WriteNumber(use.Writes > 0 ? "WriteCapacityUnits"u8 : "ReadCapacityUnits"u8, use.Reads + use.Writes);
        }

        if (_mode == "INDEXES")
        {
            output.WriteStartObject("Table"u8);
            output.WriteNumber("CapacityUnits"u8, use.Table);
            output.WriteEndObject();
            Write(output, "GlobalSecondaryIndexes", use.Indexes.Where(index => index.Key.Definition.IsGlobal));
            Write(output, "LocalSecondaryIndexes", use.Indexes.Where(index => !index.Key.Definition.IsGlobal));
        }

        output.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter output, string member, IEnumerable<KeyValuePair<TableIndex, decimal>> indexes)
    {
        if (!indexes.Any())
        {
            return;
        }

        output.WriteStartObject(member);
        foreach (var (index, units) in indexes)
        {
            output.WriteStartObject(index.Name);
            output.WriteNumber("CapacityUnits"u8, units);
            output.WriteEndObject();
        }

        output.WriteEndObject();
    }

    private sealed class Use(string name)
    {
        public string Name => name;

        public decimal Table { get; set; }

        public decimal Reads { get; set; }

        public decimal Writes { get; set; }

        public Dictionary<TableIndex, decimal> Indexes { get; } = [];

        public void Add(TableIndex index, decimal units) => Indexes[index] = Indexes.GetValueOrDefault(index) + units;
    }
}
