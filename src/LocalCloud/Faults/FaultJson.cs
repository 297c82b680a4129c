using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Faults;

/// <summary>A fault plan as JSON: <c>{"seed":1,"rules":[{"service":"sqs","action":"SendMessage","kind":"Throttle","probability":0.1,"delaySeconds":1}]}</c>.</summary>
public static class FaultJson
{
    /// <exception cref="ArgumentException">It is no such JSON, or a value is out of its range: the message says which and what may be.</exception>
    public static FaultPlan Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var plan = new FaultPlan();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                plan = member.Name switch
                {
                    "seed" => plan with { Seed = member.Value.GetInt64() },
                    "rules" => plan with { Rules = [.. member.Value.EnumerateArray().Select(Rule)] },
                    _ => throw new ArgumentException($"A fault plan has seed and rules, not {Excerpt.Of(member.Name)}."),
                };
            }

            return plan.Validated();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new ArgumentException("The fault plan is no JSON of the form {\"seed\":1,\"rules\":[{\"service\":\"sqs\",\"action\":\"*\",\"kind\":\"Throttle\",\"probability\":0.1,\"delaySeconds\":1}]}: " + malformed.Message, malformed);
        }
    }

    internal static ReadOnlyMemory<byte> Write(FaultPlan plan) => JsonBody.Write(json =>
    {
        json.WriteNumber("seed"u8, plan.Seed);
        json.WriteStartArray("rules"u8);
        foreach (var rule in plan.Rules)
        {
            json.WriteStartObject();
            json.WriteString("service"u8, rule.Service);
            json.WriteString("action"u8, rule.Action);
            json.WriteString("kind"u8, rule.Kind.ToString());
            json.WriteNumber("probability"u8, rule.Probability);
            json.WriteNumber("delaySeconds"u8, rule.Delay.TotalSeconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static FaultRule Rule(JsonElement element)
    {
        var rule = new FaultRule { Kind = (FaultKind)(-1) };
        foreach (var member in element.EnumerateObject())
        {
            rule = member.Name switch
            {
                "service" => rule with { Service = member.Value.GetString() ?? "" },
                "action" => rule with { Action = member.Value.GetString() ?? "" },
                "kind" => rule with { Kind = Kind(member.Value.GetString()) },
                "probability" => rule with { Probability = member.Value.GetDouble() },
                "delaySeconds" => rule with { Delay = TimeSpan.FromSeconds(member.Value.GetDouble()) },
                _ => throw new ArgumentException($"A fault rule has service, action, kind, probability and delaySeconds, not {Excerpt.Of(member.Name)}."),
            };
        }

        return rule;
    }

    private static FaultKind Kind(string? name) => Array.IndexOf(Enum.GetNames<FaultKind>(), name) is >= 0 and var index
        ? Enum.GetValues<FaultKind>()[index]
        : throw new ArgumentException($"The kind of a fault is one of {string.Join(", ", Enum.GetNames<FaultKind>())}.");
}
