using LocalCloud.DynamoDb.Expressions;
using LocalCloud.DynamoDb.Tables;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>One item that a request asks for by its key.</summary>
internal sealed record ItemRead(Table Table, MapValue Key, Projection? Projection)
{
    public MapValue? Item { get; } = Table.Items.Find(Table.PositionOf(Key));

    /// <summary>What is asked for of the item, if there is one.</summary>
    public MapValue? Wanted => Item is null ? null : Projection?.Of(Item) ?? Item;

    public static ItemRead Read(DynamoDbCall call, DynamoDbInput input)
    {
        var table = call.Table("GetItem", input);
        var key = ItemRules.CheckKey(table, input.RequiredValues("Key"));
        call.Demand("GetItem", table, key);
        return new ItemRead(table, key, ProjectionIn(input));
    }

    /// <exception cref="Http.ServiceException">The expression is wrong.</exception>
    public static Projection? ProjectionIn(DynamoDbInput input)
    {
        var substitutions = DynamoDbCall.Substitutions(input, "ProjectionExpression");
        var projection = input.Text("ProjectionExpression") is { } text ? Projection.Parse(text, substitutions) : null;
        substitutions.CheckAllUsed();
        return projection;
    }
}
