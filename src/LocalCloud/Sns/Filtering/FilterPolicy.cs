using System.Text;
using System.Text.Json;

namespace LocalCloud.Sns.Filtering;

/// <summary>A subscription's filter policy, compiled.</summary>
internal sealed class FilterPolicy
{
    public const string AttributesScope = "MessageAttributes";
    public const string BodyScope = "MessageBody";

    private const int MostKeys = 5;
    private const int MostCombinations = 150;
    private const int MostBytes = 256 * 1024;

    private readonly PolicyNode _root;
    private readonly bool _ofBody;

    private FilterPolicy(PolicyNode root, bool ofBody) => (_root, _ofBody) = (root, ofBody);

    /// <exception cref="Http.ServiceException">The policy is no JSON, uses an unknown operator, or is too complex.</exception>
    public static FilterPolicy Parse(string json, string scope)
    {
        if (json.Length > MostBytes)
        {
            throw Condition.Invalid($"it has more than {MostBytes} bytes");
        }

        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Condition.Invalid("failed to parse JSON. It must be an object");
            }

            var root = PolicyNode.Parse(document.RootElement, nested: scope == BodyScope);
            return root.Keys > MostKeys ? throw Condition.Invalid($"Filter policy can not have more than {MostKeys} keys")
                : root.Combinations() > MostCombinations ? throw Condition.Invalid("Filter policy is too complex")
                : new FilterPolicy(root, scope == BodyScope);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw Condition.Invalid("failed to parse JSON. Check its syntax");
        }
    }

    /// <summary>A message without any attribute matches no policy of attributes, not even one that asks for the absence of some.</summary>
    public bool Matches(FilterInput input)
    {
        try
        {
            return _root.Keys == 0
                || (_ofBody ? input.Body is { } body && _root.Matches(body) : input.Attributes.Count > 0 && _root.Matches(input.Attributes));
        }
        catch (InvalidOperationException)
        {
            // Well-formed as JSON, but with half a surrogate pair: no text that could match.
            return false;
        }
    }
}
