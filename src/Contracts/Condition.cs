using System.Text.Json.Nodes;

namespace Contracts;

/// <summary>What an attribute must be for a message to be let through. A message without the attribute is let through by <see cref="Missing"/> only.</summary>
public sealed class Condition
{
    /// <summary>What SNS compares numbers within, either way.</summary>
    private const decimal LargestNumber = 1_000_000_000;

    private readonly JsonNode[] _values;

    private Condition(bool? ofNumbers, params JsonNode[] values) => (OfNumbers, _values) = (ofNumbers, values);

    /// <summary>It is there, whatever it is.</summary>
    public static Condition Exists { get; } = new(null, new JsonObject { ["exists"] = true });

    /// <summary>It is not there.</summary>
    public static Condition Missing { get; } = new(null, new JsonObject { ["exists"] = false });

    /// <summary>True compares numbers and false text; null is for either.</summary>
    internal bool? OfNumbers { get; }

    /// <summary>What SNS multiplies over all attributes of a policy.</summary>
    internal int Count => _values.Length;

    /// <summary>It is one of these.</summary>
    public static Condition AnyOf(params IReadOnlyList<string> values) => new(false, Texts(values));

    /// <summary>It is one of these numbers.</summary>
    public static Condition AnyOf(params IReadOnlyList<decimal> numbers) => new(true, [.. Some(numbers).Select(n => Numeric("=", n))]);

    /// <summary>It is there and none of these.</summary>
    public static Condition AnythingBut(params IReadOnlyList<string> values) => new(false, new JsonObject { ["anything-but"] = new JsonArray(Texts(values)) });

    /// <summary>It begins so.</summary>
    public static Condition Prefix(string prefix) => new(false, new JsonObject { ["prefix"] = Text(prefix) });

    /// <summary>It is this number or a larger one.</summary>
    public static Condition AtLeast(decimal number) => new(true, Numeric(">=", number));

    /// <summary>It is this number or a smaller one.</summary>
    public static Condition AtMost(decimal number) => new(true, Numeric("<=", number));

    /// <summary>It is one of these numbers or between them.</summary>
    /// <exception cref="ArgumentException">The first is the larger one.</exception>
    public static Condition Between(decimal lowest, decimal highest) => lowest <= highest
        ? new(true, new JsonObject { ["numeric"] = new JsonArray(">=", Number(lowest), "<=", Number(highest)) })
        : throw new ArgumentException($"No number is {lowest} or more and {highest} or less. Name the lowest first.", nameof(lowest));

    /// <summary>As the filter policy says it.</summary>
    internal IEnumerable<JsonNode> ToPolicy() => _values.Select(value => value.DeepClone());

    private static JsonObject Numeric(string comparison, decimal number) => new() { ["numeric"] = new JsonArray(comparison, Number(number)) };

    private static JsonValue Number(decimal number) => Math.Abs(number) <= LargestNumber && decimal.Round(number, 5) == number
        ? JsonValue.Create(number)
        : throw new ArgumentException($"SNS cannot compare with {number}: it takes five decimals, and up to {LargestNumber} either way.", nameof(number));

    private static JsonNode[] Texts(IReadOnlyList<string> values) => [.. Some(values).Select(Text)];

    private static JsonValue Text(string text) => text.Length is > 0 and <= 256
        ? JsonValue.Create(text)
        : throw new ArgumentException($"A text of {text.Length} characters matches no attribute: those have 1 to 256.", nameof(text));

    private static IReadOnlyList<T> Some<T>(IReadOnlyList<T> values) =>
        values.Count > 0 ? values : throw new ArgumentException("A condition with no value lets nothing through. Name one at least.", nameof(values));
}
