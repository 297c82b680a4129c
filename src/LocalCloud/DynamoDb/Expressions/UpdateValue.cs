using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>What SET assigns, computed from the item as it was.</summary>
internal abstract record UpdateValue
{
    /// <exception cref="Http.ServiceException">It refers to what does not exist, or to the wrong type.</exception>
    public abstract Value Of(MapValue item);

    public static Http.ServiceException WrongType() => DynamoDbError.Validation("An operand in the update expression has an incorrect data type");
}

internal sealed record Assigned(Operand Operand) : UpdateValue
{
    public override Value Of(MapValue item) => Operand.Of(item)
        ?? throw DynamoDbError.Validation("The provided expression refers to an attribute that does not exist in the item");
}

internal sealed record Sum(UpdateValue Left, UpdateValue Right, bool IsDifference) : UpdateValue
{
    public override Value Of(MapValue item) => (Left.Of(item), Right.Of(item)) is (NumberValue left, NumberValue right)
        ? new NumberValue(IsDifference ? left.Number - right.Number : left.Number + right.Number)
        : throw WrongType();
}

internal sealed record IfNotExists(DocumentPath Path, UpdateValue Otherwise) : UpdateValue
{
    public override Value Of(MapValue item) => Path.Find(item) ?? Otherwise.Of(item);
}

internal sealed record ListAppend(UpdateValue Left, UpdateValue Right) : UpdateValue
{
    public override Value Of(MapValue item) => (Left.Of(item), Right.Of(item)) is (ListValue left, ListValue right)
        ? new ListValue([.. left.Items, .. right.Items])
        : throw WrongType();
}
