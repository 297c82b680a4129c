using LocalCloud.DynamoDb.Expressions;
using LocalCloud.DynamoDb.Tables;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>A change of one item as a request asks for it, alone or in a transaction.</summary>
/// <param name="Table">Where.</param>
/// <param name="Key">The item's key.</param>
/// <param name="Condition">What must hold for the item as it is.</param>
/// <param name="Next">From the item before, null if there is none, to the item after.</param>
/// <param name="ShowsItem">Whether the item is shown when the condition does not hold.</param>
internal sealed record ItemWrite(Table Table, MapValue Key, Condition? Condition, Func<MapValue?, MapValue?> Next, bool ShowsItem)
{
    public MapValue? Before { get; } = Table.Items.Find(Table.PositionOf(Key));

    /// <summary>The attributes that an update names.</summary>
    public IReadOnlyList<DocumentPath> Updated { get; init; } = [];

    /// <summary>The item as it will be.</summary>
    /// <exception cref="Http.ServiceException">The condition does not hold, or the change does not suit the item.</exception>
    public MapValue? After() => Condition?.Holds(Before ?? MapValue.Empty) == false
        ? throw DynamoDbError.ConditionFailed(ShowsItem ? Before : null)
        : Next(Before);

    public void Apply(MapValue? after, DateTimeOffset now, CapacityReport capacity) =>
        capacity.Wrote(Table, Math.Max(Before?.ContentSize ?? 0, after?.ContentSize ?? 0), Table.Change(Before, after, now));

    /// <exception cref="Http.ServiceException">The parameter has no such value.</exception>
    public static bool ShowsItemIn(DynamoDbInput input) =>
        input.OneOf("ReturnValuesOnConditionCheckFailure", "ALL_OLD", "NONE") == "ALL_OLD";

    /// <exception cref="Http.ServiceException">The expression is wrong.</exception>
    public static Condition? ConditionIn(DynamoDbInput input, Substitutions substitutions) =>
        input.Text("ConditionExpression") is { } text ? ConditionParser.Parse(text, "ConditionExpression", substitutions) : null;
}
