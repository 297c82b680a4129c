namespace LocalCloud.DynamoDb.Tables;

/// <summary>Provisioned capacity units; none for pay per request.</summary>
internal sealed record Throughput(long Read, long Write)
{
    public static Throughput None { get; } = new(0, 0);
}

/// <summary>What a table is, apart from what is in it.</summary>
internal sealed record TableDefinition
{
    public required string Name { get; init; }

    /// <summary>S, N or B by the name of an attribute that is part of a key.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    public required KeySchema Key { get; init; }

    public required bool PaysPerRequest { get; init; }

    public required Throughput Throughput { get; init; }

    public string? TableClass { get; init; }

    public bool DeletionProtection { get; init; }
}
