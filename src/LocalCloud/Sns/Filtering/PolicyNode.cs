using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Sns.Filtering;

/// <summary>One object of a policy: every key must match, and one object of each <c>$or</c>.</summary>
internal sealed class PolicyNode
{
    private const string Or = "$or";

    private readonly List<(string Key, Condition[] Conditions)> _leaves = [];
    private readonly List<(string Key, PolicyNode Child)> _children = [];
    private readonly List<PolicyNode[]> _alternatives = [];

    /// <summary>How many keys there are, as SNS counts them: those on top, whatever is below them.</summary>
    public int Keys => _leaves.Count + _children.Count + _alternatives.Count;

    /// <summary>The product of the numbers of values in all lists, each times its depth, as SNS counts them.</summary>
    public long Combinations(int depth = 1) => _leaves.Aggregate(1L, (product, leaf) => product * leaf.Conditions.Length * depth)
        * _children.Aggregate(1L, (product, child) => product * child.Child.Combinations(depth + 1))
        * _alternatives.Aggregate(1L, (product, group) => product * group.Sum(node => node.Combinations(depth)));

    /// <exception cref="Http.ServiceException">The object is no policy.</exception>
    public static PolicyNode Parse(JsonElement policy, bool nested)
    {
        var node = new PolicyNode();
        foreach (var member in policy.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Array when member.Name == Or && IsGroup(member.Value):
                    node._alternatives.Add([.. member.Value.EnumerateArray().Select(element => Parse(element, nested))]);
                    break;
                case JsonValueKind.Array when member.Value.GetArrayLength() > 0:
                    node._leaves.Add((member.Name, [.. member.Value.EnumerateArray().Select(Condition.Parse)]));
                    break;
                case JsonValueKind.Array:
                    throw Condition.Invalid("Empty arrays are not allowed");
                case JsonValueKind.Object when nested && member.Value.EnumerateObject().Any():
                    node._children.Add((member.Name, Parse(member.Value, nested)));
                    break;
                case JsonValueKind.Object when nested:
                    throw Condition.Invalid("Empty objects are not allowed");
                case JsonValueKind.Object:
                    throw Condition.Invalid("Filter policy scope MessageAttributes does not support nested filter policy");
                default:
                    throw Condition.Invalid($"\"{Excerpt.Of(member.Name)}\" must be an object or an array");
            }
        }

        return node;
    }

    public bool Matches(IReadOnlyDictionary<string, List<FilterValue>> attributes) =>
        _leaves.TrueForAll(leaf => attributes.TryGetValue(leaf.Key, out var values) ? Any(leaf.Conditions, values, present: true) : Absent(leaf.Conditions))
        && _alternatives.TrueForAll(group => Array.Exists(group, node => node.Matches(attributes)));

    public bool Matches(JsonElement body) =>
        _leaves.TrueForAll(leaf => body.TryGetProperty(leaf.Key, out var value) ? Any(leaf.Conditions, [.. Scalars(value)], IsPresent(value)) : Absent(leaf.Conditions))
        && _children.TrueForAll(child => body.TryGetProperty(child.Key, out var value) ? Objects(value).Any(child.Child.Matches) : child.Child.MatchesNothing())
        && _alternatives.TrueForAll(group => Array.Exists(group, node => node.Matches(body)));

    // A missing object matches what asks only for missing keys.
    private bool MatchesNothing() =>
        _leaves.TrueForAll(leaf => Absent(leaf.Conditions))
        && _children.TrueForAll(child => child.Child.MatchesNothing())
        && _alternatives.TrueForAll(group => Array.Exists(group, node => node.MatchesNothing()));

    // $or is an operator when it lists at least two objects whose keys are no operators; else it is a key like any other.
    private static bool IsGroup(JsonElement list) =>
        list.GetArrayLength() >= 2 && list.EnumerateArray().All(element => element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Any());

    private static bool Absent(Condition[] conditions) => Array.Exists(conditions, condition => condition.Absent);

    private static bool Any(Condition[] conditions, List<FilterValue> values, bool present) =>
        Array.Exists(conditions, condition => condition.Present ? present : values.Exists(value => condition.Matches(value)));

    // To exist, a value must be neither null nor empty.
    private static bool IsPresent(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => false,
        JsonValueKind.String => !value.ValueEquals(""),
        JsonValueKind.Array => value.EnumerateArray().Any(IsPresent),
        _ => true,
    };

    private static IEnumerable<FilterValue> Scalars(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().SelectMany(Scalars)
        : FilterValue.Of(value) is { } scalar ? [scalar] : [];

    private static IEnumerable<JsonElement> Objects(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => [value],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
