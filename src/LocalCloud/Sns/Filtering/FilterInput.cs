using System.Globalization;
using System.Text;
using System.Text.Json;
using LocalCloud.Sqs;

namespace LocalCloud.Sns.Filtering;

/// <summary>What filter policies see of a message. Read once, however many subscriptions look at it.</summary>
internal sealed class FilterInput(Notification notification)
{
    private Dictionary<string, List<FilterValue>>? _attributes;
    private JsonElement? _body;
    private bool _bodyRead;

    /// <summary>The values of each attribute. A String.Array has several; binary ones have none.</summary>
    public IReadOnlyDictionary<string, List<FilterValue>> Attributes =>
        _attributes ??= notification.Attributes.ToDictionary(attribute => attribute.Name, Values, StringComparer.Ordinal);

    /// <summary>The body, if it is a JSON object.</summary>
    public JsonElement? Body
    {
        get
        {
            if (!_bodyRead)
            {
                _bodyRead = true;
                _body = Parse(notification.Message) is { ValueKind: JsonValueKind.Object } root ? root : null;
            }

            return _body;
        }
    }

    private static List<FilterValue> Values(MessageAttribute attribute) => attribute switch
    {
        { Binary: not null } => [],
        { DataType: "String.Array" } => Parse(attribute.Text!) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Select(FilterValue.Of).OfType<FilterValue>()]
            : [],
        { DataType: ['N', ..] } => [FilterValue.Of(double.Parse(attribute.Text!, CultureInfo.InvariantCulture))],
        _ => [new FilterValue(JsonValueKind.String, attribute.Text)],
    };

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
