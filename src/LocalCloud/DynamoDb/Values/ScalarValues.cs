using System.Text;
using System.Text.Json;

namespace LocalCloud.DynamoDb.Values;

internal sealed class StringValue(string text) : Value
{
    private byte[]? _utf8;

    public string Text => text;

    public ReadOnlySpan<byte> Utf8 => _utf8 ??= Encoding.UTF8.GetBytes(text);

    public override string Type => "S";

    public override int Size => Utf8.Length;

    protected override string Content => Http.Excerpt.Of(text);

    public override void WriteContent(Utf8JsonWriter output) => output.WriteStringValue(text);

    public override bool Equals(Value? other) => other is StringValue value && value.Text == text;

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);
}

internal sealed class NumberValue(Number number) : Value
{
    public Number Number => number;

    public override string Type => "N";

    /// <summary>About a byte for two digits, one for the exponent, one for the sign.</summary>
    public override int Size => ((number.SignificantDigits + 1) / 2) + 1 + (number.Mantissa.Sign < 0 ? 1 : 0);

    protected override string Content => number.ToString();

    public override void WriteContent(Utf8JsonWriter output) => output.WriteStringValue(number.ToString());

    public override bool Equals(Value? other) => other is NumberValue value && value.Number == number;

    public override int GetHashCode() => number.GetHashCode();
}

internal sealed class BinaryValue(byte[] bytes) : Value
{
    public byte[] Bytes => bytes;

    public override string Type => "B";

    public override int Size => bytes.Length;

    public override void WriteContent(Utf8JsonWriter output) => output.WriteBase64StringValue(bytes);

    public override bool Equals(Value? other) => other is BinaryValue value && value.Bytes.AsSpan().SequenceEqual(bytes);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}

internal sealed class BooleanValue(bool flag) : Value
{
    public override string Type => "BOOL";

    public override int Size => 1;

    public override void WriteContent(Utf8JsonWriter output) => output.WriteBooleanValue(flag);

    public override bool Equals(Value? other) => other is BooleanValue && other.GetHashCode() == GetHashCode();

    public override int GetHashCode() => flag ? 1 : 0;
}

internal sealed class NullValue : Value
{
    public static NullValue Only { get; } = new();

    public override string Type => "NULL";

    public override int Size => 1;

    public override void WriteContent(Utf8JsonWriter output) => output.WriteBooleanValue(true);

    public override bool Equals(Value? other) => other is NullValue;

    public override int GetHashCode() => 0;
}
