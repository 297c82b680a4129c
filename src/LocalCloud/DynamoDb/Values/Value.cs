using System.Text.Json;

namespace LocalCloud.DynamoDb.Values;

/// <summary>An attribute's value. Never changes.</summary>
internal abstract class Value : IEquatable<Value>
{
    /// <summary>As in JSON: S N B BOOL NULL M L SS NS BS.</summary>
    public abstract string Type { get; }

    /// <summary>In bytes, as item sizes are counted.</summary>
    public abstract int Size { get; }

    /// <summary>Whether values of this type have an order.</summary>
    public bool IsOrdered => Type is "S" or "N" or "B";

    public void Write(Utf8JsonWriter output)
    {
        output.WriteStartObject();
        output.WritePropertyName(Type);
        WriteContent(output);
        output.WriteEndObject();
    }

    public abstract void WriteContent(Utf8JsonWriter output);

    public abstract bool Equals(Value? other);

    public override bool Equals(object? obj) => Equals(obj as Value);

    public abstract override int GetHashCode();

    /// <summary>How error messages show it: <c>{S:text}</c>.</summary>
    public override string ToString() => $"{{{Type}:{Content}}}";

    protected virtual string Content => "…";

    /// <summary>The order of two values of one ordered type; null when they have none.</summary>
    public static int? Order(Value left, Value right) => (left, right) switch
    {
        (StringValue a, StringValue b) => a.Utf8.SequenceCompareTo(b.Utf8),
        (NumberValue a, NumberValue b) => a.Number.CompareTo(b.Number),
        (PrefixEnd, PrefixEnd) => 0,
        (PrefixEnd bound, _) => -bound.OrderOf(right),
        (_, PrefixEnd bound) => bound.OrderOf(left),
        (BinaryValue a, BinaryValue b) => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes),
        _ => null,
    };
}
