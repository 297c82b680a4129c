using System.Text.Json;

namespace Infra.Tests;

internal sealed record Resource(string Stack, string Id, JsonElement Body)
{
    internal string Type => Body.GetProperty(nameof(Type)).GetString()!;

    internal JsonElement Properties => Body.GetProperty(nameof(Properties));

    internal bool IsFifo => Flag("FifoQueue") || Flag("FifoTopic");

    /// <summary>The ids of the constructs that it is in, its own last, without the stack's: <c>email</c>, <c>queue</c>, <c>Resource</c>.</summary>
    internal string[] Path => Body.GetProperty("Metadata").GetProperty("aws:cdk:path").GetString()!.Split('/')[1..];

    internal IReadOnlyList<string> DependsOn =>
        Body.TryGetProperty(nameof(DependsOn), out var ids) ? [.. ids.EnumerateArray().Select(id => id.GetString()!)] : [];

    internal JsonElement? this[string property] => Properties.TryGetProperty(property, out var value) ? value : null;

    internal string? Text(string property) => this[property]?.GetString();

    internal double Number(string property) =>
        this[property]?.GetDouble() ?? throw new InvalidOperationException($"{this} has no {property}.");

    internal bool Flag(string property) => this[property]?.GetBoolean() ?? false;

    public override string ToString() => $"{Type} {Stack}/{Id}";
}
