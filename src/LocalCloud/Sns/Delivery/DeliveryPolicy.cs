using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalCloud.Http;

namespace LocalCloud.Sns.Delivery;

/// <summary>How HTTP endpoints are delivered to.</summary>
/// <param name="Retry">When a delivery is tried again.</param>
/// <param name="PerSecond">How many deliveries a second a subscription takes at most; null for any number.</param>
/// <param name="ContentType">The Content-Type of the requests.</param>
internal sealed record DeliveryPolicy(RetryPolicy Retry, int? PerSecond, string ContentType)
{
    private const string DefaultContentType = "text/plain; charset=UTF-8";

    // With an envelope around the message, and in the policy of a topic.
    private static readonly string[] ForEnvelopes = ["application/json", "text/plain"];

    private static readonly string[] ForRaw =
    [
        .. ForEnvelopes, "text/css", "text/csv", "text/html", "text/xml", "application/atom+xml", "application/octet-stream", "application/soap+xml",
        "application/x-www-form-urlencoded", "application/xhtml+xml", "application/xml",
    ];

    /// <summary>The subscription's policy where it says something and may, else the topic's, else AWS's.</summary>
    public static DeliveryPolicy Of(Subscription subscription)
    {
        var http = OfTopic(subscription.Topic);
        var own = http["disableSubscriptionOverrides"]?.GetValueKind() == JsonValueKind.True ? null : subscription.Attributes.GetValueOrDefault("DeliveryPolicy");
        var overrides = own is null ? [] : Parse(own);
        return new DeliveryPolicy(
            (overrides["healthyRetryPolicy"] ?? http["defaultHealthyRetryPolicy"]) is JsonObject retry ? RetryPolicy.Read(retry) : RetryPolicy.Default,
            (overrides["throttlePolicy"] ?? http["defaultThrottlePolicy"]) is JsonObject throttle ? Number(throttle, "maxReceivesPerSecond", 1, int.MaxValue) : null,
            (overrides["requestPolicy"] ?? http["defaultRequestPolicy"]) is JsonObject request ? Text(request, "headerContentType") ?? DefaultContentType : DefaultContentType);
    }

    /// <summary>The policy in force for a subscription, in the words of GetSubscriptionAttributes.</summary>
    public string ToJson() => new JsonObject
    {
        ["healthyRetryPolicy"] = Retry.ToJson(),
        ["sicklyRetryPolicy"] = null,
        ["throttlePolicy"] = PerSecond is null ? null : new JsonObject { ["maxReceivesPerSecond"] = PerSecond },
        ["requestPolicy"] = new JsonObject { ["headerContentType"] = ContentType },
        ["guaranteed"] = false,
    }.ToJsonString();

    /// <summary>The policy in force for a topic, in the words of GetTopicAttributes.</summary>
    public static string EffectiveOf(Topic topic)
    {
        var http = OfTopic(topic);
        JsonObject effective = new()
        {
            ["defaultHealthyRetryPolicy"] = (http["defaultHealthyRetryPolicy"] is JsonObject retry ? RetryPolicy.Read(retry) : RetryPolicy.Default).ToJson(),
            ["disableSubscriptionOverrides"] = http["disableSubscriptionOverrides"]?.GetValueKind() == JsonValueKind.True,
            ["defaultRequestPolicy"] = http["defaultRequestPolicy"]?.DeepClone() ?? new JsonObject { ["headerContentType"] = DefaultContentType },
        };
        if (http["defaultThrottlePolicy"]?.DeepClone() is { } throttle)
        {
            effective["defaultThrottlePolicy"] = throttle;
        }

        return new JsonObject { ["http"] = effective }.ToJsonString();
    }

    /// <exception cref="ServiceException">It is no policy of a subscription.</exception>
    public static void CheckOfSubscription(string json, bool raw) => Check(json, policy =>
        Check(Section(policy, "healthyRetryPolicy"), Section(policy, "throttlePolicy"), Section(policy, "requestPolicy"), raw ? ForRaw : ForEnvelopes));

    /// <exception cref="ServiceException">It is no policy of a topic.</exception>
    public static void CheckOfTopic(string json) => Check(json, policy =>
    {
        var http = Section(policy, "http") ?? throw Invalid("it must have a member http");
        Check(Section(http, "defaultHealthyRetryPolicy"), Section(http, "defaultThrottlePolicy"), Section(http, "defaultRequestPolicy"), ForEnvelopes);
        if (http["disableSubscriptionOverrides"] is { } disable && disable.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw Invalid("disableSubscriptionOverrides must be true or false");
        }
    });

    public static ServiceException Invalid(string reason) => SnsError.InvalidParameter("DeliveryPolicy: " + reason);

    public static int? Number(JsonObject policy, string name, int min, int max) => policy[name] is not { } value ? null
        : value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<int>(out var number) && number >= min && number <= max ? number
        : throw Invalid(max == int.MaxValue ? $"{name} must be {min} or greater" : $"{name} must be {min} to {max}");

    public static string? Text(JsonObject policy, string name) => policy[name] is not { } value ? null
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : throw Invalid($"{name} must be a string");

    private static JsonObject OfTopic(Topic topic) =>
        topic.Attributes.GetValueOrDefault("DeliveryPolicy") is { } policy && Parse(policy)["http"] is JsonObject http ? http : [];

    private static void Check(JsonObject? retry, JsonObject? throttle, JsonObject? request, string[] contentTypes)
    {
        _ = retry is null ? null : RetryPolicy.Read(retry);
        _ = throttle is null ? null : Number(throttle, "maxReceivesPerSecond", 1, int.MaxValue);
        if (request is not null && Text(request, "headerContentType") is { } type
            && !(MediaTypeHeaderValue.TryParse(type, out var media) && contentTypes.Contains(media.MediaType)))
        {
            throw Invalid($"headerContentType must be one of {string.Join(", ", contentTypes)}");
        }
    }

    private static JsonObject? Section(JsonObject policy, string name) => policy[name] switch
    {
        null => null,
        JsonObject section => section,
        _ => throw Invalid($"{name} must be an object"),
    };

    private static JsonObject Parse(string json) => JsonNode.Parse(json) as JsonObject ?? throw Invalid("it must be a JSON object");

    private static void Check(string json, Action<JsonObject> check)
    {
        try
        {
            check(Parse(json));
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or InvalidOperationException)
        {
            // Repeated names and half surrogate pairs surface only where they are looked at.
            throw Invalid("failed to parse JSON");
        }
    }
}
