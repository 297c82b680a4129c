using System.Globalization;

namespace LocalCloud.DynamoDb.Streams;

/// <summary>How the place of a record is written: 21 digits or more, as AWS's model asks.</summary>
internal static class SequenceNumber
{
    private const string Prefix = "1000000";
    private const int Digits = 17;

    public static string Of(long sequence) => Prefix + sequence.ToString("D17", CultureInfo.InvariantCulture);

    public static long? Parse(string text) => text.Length == Prefix.Length + Digits && text.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(text.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;
}
