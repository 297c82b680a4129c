using System.Text;
using System.Text.Json;

namespace LocalCloud.Sns.Delivery;

/// <summary>How often and after which delays an HTTP delivery is tried again: the healthyRetryPolicy of a delivery policy.</summary>
/// <param name="Retries">0 to 100.</param>
/// <param name="MinDelay">Seconds, at least 1.</param>
/// <param name="MaxDelay">Seconds, at most 3,600.</param>
/// <param name="NoDelayRetries">Retries at once, first of all.</param>
/// <param name="MinDelayRetries">Retries after the shortest delay, before the backoff.</param>
/// <param name="MaxDelayRetries">Retries after the longest delay, after the backoff.</param>
/// <param name="Backoff"><c>linear</c>, <c>arithmetic</c>, <c>geometric</c> or <c>exponential</c>.</param>
internal sealed record RetryPolicy(
    int Retries = 3, int MinDelay = 20, int MaxDelay = 20, int NoDelayRetries = 0, int MinDelayRetries = 0, int MaxDelayRetries = 0, string Backoff = "linear")
{
    public static RetryPolicy Default { get; } = new();

    /// <summary>The subscription's policy, else the topic's, else three retries twenty seconds apart.</summary>
    public static RetryPolicy Of(Subscription subscription)
    {
        var topic = Parse(subscription.Topic.Attributes.GetValueOrDefault("DeliveryPolicy"), "http", "defaultHealthyRetryPolicy");
        var overrides = Parse(subscription.Topic.Attributes.GetValueOrDefault("DeliveryPolicy"), "http", "disableSubscriptionOverrides");
        var own = Parse(subscription.Attributes.GetValueOrDefault("DeliveryPolicy"), "healthyRetryPolicy");
        var chosen = overrides?.ValueKind == JsonValueKind.True ? topic : own ?? topic;
        return chosen is { } policy ? Read(policy) ?? Default : Default;
    }

    public static bool IsValidSubscriptionPolicy(string json) => IsValid(json, "healthyRetryPolicy");

    public static bool IsValidTopicPolicy(string json) => IsValid(json, "http", "defaultHealthyRetryPolicy");

    /// <summary>The delay after attempt number <paramref name="attempt"/>, counted from 0.</summary>
    public TimeSpan DelayBefore(int attempt)
    {
        var step = attempt - NoDelayRetries - MinDelayRetries;
        var steps = Retries - NoDelayRetries - MinDelayRetries - MaxDelayRetries;
        return TimeSpan.FromSeconds(attempt < NoDelayRetries ? 0 : step < 0 ? MinDelay : step >= steps ? MaxDelay : Grow((step + 1d) / steps));
    }

    private double Grow(double progress) => Backoff switch
    {
        "exponential" or "geometric" => MinDelay * Math.Pow((double)MaxDelay / MinDelay, progress),
        "arithmetic" => MinDelay + ((MaxDelay - MinDelay) * progress * progress),
        _ => MinDelay + ((MaxDelay - MinDelay) * progress),
    };

    private static bool IsValid(string json, params string[] path) =>
        Parse(json) is { ValueKind: JsonValueKind.Object } && (Parse(json, path) is not { } policy || Read(policy) is not null);

    private static RetryPolicy? Read(JsonElement policy)
    {
        if (policy.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        int? Int(string name) => policy.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
        var backoff = policy.TryGetProperty("backoffFunction", out var function) && function.ValueKind == JsonValueKind.String ? function.GetString()! : Default.Backoff;
        var read = new RetryPolicy(
            Int("numRetries") ?? Default.Retries, Int("minDelayTarget") ?? Default.MinDelay, Int("maxDelayTarget") ?? Default.MaxDelay,
            Int("numNoDelayRetries") ?? 0, Int("numMinDelayRetries") ?? 0, Int("numMaxDelayRetries") ?? 0, backoff);
        var valid = read.Retries is >= 0 and <= 100 && read.MinDelay >= 1 && read.MaxDelay >= read.MinDelay && read.MaxDelay <= 3600
            && read is { NoDelayRetries: >= 0, MinDelayRetries: >= 0, MaxDelayRetries: >= 0 }
            && (long)read.NoDelayRetries + read.MinDelayRetries + read.MaxDelayRetries <= read.Retries
            && backoff is "linear" or "arithmetic" or "geometric" or "exponential";
        return valid ? read : null;
    }

    private static JsonElement? Parse(string? json, params string[] path)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
            var element = document.RootElement;
            foreach (var name in path)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return null;
                }
            }

            return element.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
