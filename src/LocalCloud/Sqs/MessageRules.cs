using System.Buffers;
using System.Text;

namespace LocalCloud.Sqs;

/// <summary>What SQS accepts as a message, and the words in which it refuses.</summary>
internal static class MessageRules
{
    private const int LongestAttributeName = 256;
    private const int LongestId = 128;

    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Except([9, 10, 13]).Select(c => (byte)c)]);
    private static readonly SearchValues<char> AttributeName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <exception cref="Http.ServiceException">The text has characters that XML 1.0 does not allow.</exception>
    public static void CheckCharacters(ReadOnlySpan<byte> utf8)
    {
        if (utf8.ContainsAny(Controls) || utf8.IndexOf("\uFFFE"u8) >= 0 || utf8.IndexOf("\uFFFF"u8) >= 0)
        {
            throw SqsError.InvalidMessageContents();
        }
    }

    /// <exception cref="Http.ServiceException">The id is empty, longer than 128 or not alphanumeric and punctuation.</exception>
    public static void CheckId(string parameter, string? id)
    {
        if (id is not null && (id.Length is 0 or > LongestId || !id.All(c => c is > ' ' and < '\x7f')))
        {
            throw SqsError.InvalidValue(parameter, id, $"{parameter} can only include alphanumeric and punctuation characters. 1 to {LongestId} in length.");
        }
    }

    /// <summary>The attributes of a request, checked and sorted by name.</summary>
    /// <exception cref="Http.ServiceException">There are more than ten, or one has an invalid name, type or value.</exception>
    public static MessageAttribute[] ReadAttributes(SqsInput input)
    {
        var attributes = input.StructureMap("MessageAttributes").Select(member => ReadAttribute(member.Name, member.Value)).ToArray();
        if (attributes.Length > Limits.MessageAttributes)
        {
            throw SqsError.InvalidParameter($"Number of message attributes [{attributes.Length}] exceeds the allowed maximum [{Limits.MessageAttributes}].");
        }

        Array.Sort(attributes, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return attributes;
    }

    /// <summary>The only system attribute that can be sent: the trace header.</summary>
    public static MessageAttribute? ReadTraceHeader(SqsInput input)
    {
        MessageAttribute? trace = null;
        foreach (var (name, value) in input.StructureMap("MessageSystemAttributes"))
        {
            trace = name == "AWSTraceHeader" && value.String("DataType") == "String" && value.String("StringValue") is { Length: > 0 } text
                ? new MessageAttribute(name, "String", text, null)
                : throw SqsError.InvalidParameter($"Message system attribute name '{name}' is invalid: only AWSTraceHeader, a String, can be sent.");
        }

        return trace;
    }

    private static MessageAttribute ReadAttribute(string name, SqsInput value)
    {
        if (!IsName(name))
        {
            throw SqsError.InvalidParameter($"The message attribute name '{name}' is invalid. It may contain A-Z, a-z, 0-9, underscore, hyphen and single inner periods, must not start with AWS. or Amazon. and has at most {LongestAttributeName} characters.");
        }

        var type = value.String("DataType") ?? "";
        var kind = type.Split('.', 2)[0];
        if (kind is not ("String" or "Number" or "Binary") || type.Length > LongestAttributeName || type.EndsWith('.'))
        {
            throw SqsError.InvalidParameter($"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        }

        var attribute = new MessageAttribute(name, type, kind == "Binary" ? null : value.String("StringValue"), kind == "Binary" ? value.Binary("BinaryValue") : null);
        if (attribute is { Text: null or "", Binary: null or [] })
        {
            throw SqsError.InvalidParameter($"The message attribute '{name}' must contain a non-empty message attribute value for message attribute type '{type}'.");
        }

        if (attribute.Text is not null)
        {
            CheckCharacters(Encoding.UTF8.GetBytes(attribute.Text));
        }

        return kind != "Number" || NumberText.IsValid(attribute.Text!) ? attribute : throw SqsError.InvalidParameter($"Can't cast the value of message (user) attribute '{name}' to a number.");
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestAttributeName && !name.AsSpan().ContainsAnyExcept(AttributeName)
        && !name.StartsWith('.') && !name.EndsWith('.') && !name.Contains("..", StringComparison.Ordinal)
        && !name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase);
}
