using System.Text.Json;

namespace LocalCloud.DynamoDb.Values;

/// <summary>No value, but a bound: after everything that begins with a string or binary.</summary>
internal sealed class PrefixEnd(Value prefix) : Value
{
    public override string Type => prefix.Type;

    public override int Size => prefix.Size;

    /// <summary>Where a value is to this bound: below it, unless it sorts after the prefix without beginning with it.</summary>
    public int OrderOf(Value value)
    {
        var bytes = Bytes(value);
        var start = Bytes(prefix);
        return bytes.StartsWith(start) ? -1 : bytes.SequenceCompareTo(start);
    }

    public override void WriteContent(Utf8JsonWriter output) => prefix.WriteContent(output);

    public override bool Equals(Value? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => prefix.GetHashCode();

    private static ReadOnlySpan<byte> Bytes(Value value) => value switch
    {
        StringValue text => text.Utf8,
        BinaryValue binary => binary.Bytes,
        _ => [],
    };
}
