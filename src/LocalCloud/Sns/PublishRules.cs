using System.Globalization;
using System.Text;
using System.Text.Json;
using LocalCloud.Sqs;

namespace LocalCloud.Sns;

/// <summary>What SNS accepts as a message, and the words in which it refuses.</summary>
internal static class PublishRules
{
    private const int LongestName = 256;
    private const int LongestSubject = 100;

    /// <exception cref="Http.ServiceException">The name, type or value is not valid.</exception>
    public static MessageAttribute ReadAttribute(string name, SnsInput value)
    {
        if (name.Length is 0 or > LongestName || name.StartsWith('.') || name.EndsWith('.') || name.Contains("..", StringComparison.Ordinal) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            throw SnsError.ValueInvalid($"The message attribute name '{name}' is invalid. It may contain A-Z, a-z, 0-9, underscore, hyphen and inner periods and has at most {LongestName} characters.");
        }

        var type = value["DataType"] ?? "";
        var kind = type.Split('.', 2)[0];
        return kind switch
        {
            "Binary" => new MessageAttribute(name, type, null, Binary(name, value["BinaryValue"])),
            "String" or "Number" when value["StringValue"] is { Length: > 0 } text => kind == "String" || IsNumber(text)
                ? new MessageAttribute(name, type, text, null)
                : throw SnsError.ValueInvalid($"Could not cast message attribute '{name}' value to number."),
            "String" or "Number" => throw SnsError.ValueInvalid($"The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{type}'."),
            _ => throw SnsError.ValueInvalid($"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."),
        };
    }

    /// <exception cref="Http.ServiceException">The subject is longer than 100, begins oddly or has line breaks.</exception>
    public static void CheckSubject(string? subject)
    {
        if (subject is not null && (subject.Length is 0 or > LongestSubject || subject.Any(char.IsControl)))
        {
            throw SnsError.InvalidParameter($"Subject Reason: it must be 1 to {LongestSubject} characters long, without line breaks or control characters");
        }
    }

    /// <summary>The texts of MessageStructure=json: an object of strings with at least <c>default</c>.</summary>
    public static Dictionary<string, string> ReadTexts(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(message));
            var texts = document.RootElement.EnumerateObject()
                .Where(text => text.Value.ValueKind == JsonValueKind.String)
                .GroupBy(text => text.Name)
                .ToDictionary(text => text.Key, text => text.Last().Value.GetString()!, StringComparer.Ordinal);
            return texts.ContainsKey("default") ? texts : throw SnsError.InvalidParameter("Message Structure - No default entry in JSON message body");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw SnsError.InvalidParameter("Message Structure - JSON message body failed to parse");
        }
    }

    private static byte[] Binary(string name, string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return base64 is { Length: > 0 } && Convert.TryFromBase64String(base64, bytes, out var length)
            ? bytes[..length]
            : throw SnsError.ValueInvalid($"The message attribute '{name}' must contain a non-empty base64 BinaryValue.");
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
}
