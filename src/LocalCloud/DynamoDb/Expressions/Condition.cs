using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>A condition, filter or key condition.</summary>
internal abstract record Condition
{
    /// <param name="item">Empty for an item that does not exist.</param>
    public abstract bool Holds(MapValue item);
}

internal sealed record And(Condition Left, Condition Right) : Condition
{
    public override bool Holds(MapValue item) => Left.Holds(item) && Right.Holds(item);
}

internal sealed record Or(Condition Left, Condition Right) : Condition
{
    public override bool Holds(MapValue item) => Left.Holds(item) || Right.Holds(item);
}

internal sealed record Not(Condition Inner) : Condition
{
    public override bool Holds(MapValue item) => !Inner.Holds(item);
}

/// <summary>Values of different types are unequal and have no order; so has what does not exist.</summary>
internal sealed record Comparison(Operand Left, string Operator, Operand Right) : Condition
{
    public override bool Holds(MapValue item)
    {
        var (left, right) = (Left.Of(item), Right.Of(item));
        var equal = left is not null && right is not null && left.Equals(right);
        var order = left is null || right is null ? null : Value.Order(left, right);
        return Operator switch
        {
            "=" => equal,
            "<>" => !equal,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}

internal sealed record Between(Operand Operand, Operand Lower, Operand Upper) : Condition
{
    public override bool Holds(MapValue item) => Operand.Of(item) is { } value && Lower.Of(item) is { } lower && Upper.Of(item) is { } upper
        && Value.Order(value, lower) >= 0 && Value.Order(value, upper) <= 0;
}

internal sealed record In(Operand Operand, IReadOnlyList<Operand> Candidates) : Condition
{
    public override bool Holds(MapValue item) => Operand.Of(item) is { } value && Candidates.Any(candidate => value.Equals(candidate.Of(item)));
}

internal sealed record Exists(DocumentPath Path) : Condition
{
    public override bool Holds(MapValue item) => Path.Find(item) is not null;
}

internal sealed record HasType(DocumentPath Path, Value Type) : Condition
{
    public override bool Holds(MapValue item) => Path.Find(item)?.Type is { } type && type == (Type as StringValue)?.Text;
}

internal sealed record BeginsWith(Operand Operand, Operand Prefix) : Condition
{
    public override bool Holds(MapValue item) => (Operand.Of(item), Prefix.Of(item)) switch
    {
        (StringValue text, StringValue prefix) => text.Text.StartsWith(prefix.Text, StringComparison.Ordinal),
        (BinaryValue binary, BinaryValue prefix) => binary.Bytes.AsSpan().StartsWith(prefix.Bytes),
        _ => false,
    };
}

/// <summary>A part of a string or binary, or a member of a set or list.</summary>
internal sealed record Contains(Operand Operand, Operand Part) : Condition
{
    public override bool Holds(MapValue item) => (Operand.Of(item), Part.Of(item)) switch
    {
        (StringValue text, StringValue part) => text.Text.Contains(part.Text, StringComparison.Ordinal),
        (BinaryValue binary, BinaryValue part) => binary.Bytes.AsSpan().IndexOf(part.Bytes) >= 0,
        (SetValue set, { } part) => set.Members.Contains(part),
        (ListValue list, { } part) => list.Items.Contains(part),
        _ => false,
    };
}
