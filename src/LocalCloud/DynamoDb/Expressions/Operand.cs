using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>What a condition looks at.</summary>
internal abstract record Operand
{
    /// <summary>Its value in an item; null where the item has none.</summary>
    public abstract Value? Of(MapValue item);
}

internal sealed record PathOperand(DocumentPath Path) : Operand
{
    public override Value? Of(MapValue item) => Path.Find(item);
}

internal sealed record LiteralOperand(Value Value) : Operand
{
    public override Value? Of(MapValue item) => Value;
}

/// <summary>Characters of a string, bytes of a binary, members of a set, list or map; nothing else has a size.</summary>
internal sealed record SizeOperand(Operand Inner) : Operand
{
    public override Value? Of(MapValue item) => Inner.Of(item) switch
    {
        StringValue text => Count(text.Text.Length),
        BinaryValue binary => Count(binary.Bytes.Length),
        SetValue set => Count(set.Members.Count),
        ListValue list => Count(list.Items.Count),
        MapValue map => Count(map.Members.Count),
        _ => null,
    };

    private static NumberValue Count(int count) => new(Number.Parse(count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
