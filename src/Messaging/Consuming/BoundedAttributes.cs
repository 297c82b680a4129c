using System.Text;
using Amazon.SQS.Model;

namespace Messaging.Consuming;

/// <summary>Attributes for a message that is sent on: as many as SQS takes, and as large as it takes beside the body.</summary>
internal sealed class BoundedAttributes(int bodyBytes)
{
    private const int Most = 10;
    private const int LargestMessage = 1_024 * 1_024;
    private const int LongestText = 256;
    private const string TextType = "String";
    private int _room = LargestMessage - bodyBytes;

    public Dictionary<string, MessageAttributeValue> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Leaves out what does not fit, and what has a name that is there already.</summary>
    public void Add(string name, MessageAttributeValue value)
    {
        var size = name.Length + Bytes(value.DataType) + Bytes(value.StringValue) + (int)(value.BinaryValue?.Length ?? 0);
        if (Values.Count < Most && size <= _room && Values.TryAdd(name, value))
            _room -= size;
    }

    /// <summary>The same for a text, made readable.</summary>
    public void AddText(string name, string text) => Add(name, Text(text, LongestText));

    /// <summary>Shortens the text to what fits, and leaves it out where nothing does.</summary>
    public void AddShortened(string name, string text, int longest)
    {
        var length = Math.Min(longest, _room - name.Length - TextType.Length);
        if (length > 0)
            Add(name, Text(text, length));
    }

    // Visible ASCII and not empty: an attribute that SQS refuses would hold up the message itself.
    private static MessageAttributeValue Text(string text, int longest)
    {
        var readable = string.Concat(text.Take(longest).Select(c => c is >= ' ' and <= '~' ? c : '?'));
        return new() { DataType = TextType, StringValue = readable.Length > 0 ? readable : "-" };
    }

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
