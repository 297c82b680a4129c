using System.Text.Json.Serialization;

namespace Amazon.Lambda.CloudWatchEvents;

/// <summary>An event from EventBridge.</summary>
public class CloudWatchEvent<T>
{
    /// <summary>Always <c>0</c>.</summary>
    public string? Version { get; set; }

    /// <summary>The account it is from.</summary>
    public string? Account { get; set; }

    /// <summary>The region it is from.</summary>
    public string? Region { get; set; }

    /// <summary>What the source says.</summary>
    public T? Detail { get; set; }

    /// <summary>What kind of event it is: <c>Scheduled Event</c> for a schedule.</summary>
    [JsonPropertyName("detail-type")]
    public string? DetailType { get; set; }

    /// <summary>The source: <c>aws.events</c> for a schedule.</summary>
    public string? Source { get; set; }

    /// <summary>When it happened, in UTC.</summary>
    public DateTime Time { get; set; }

    /// <summary>The event's id; the same when it is delivered twice.</summary>
    public string? Id { get; set; }

    /// <summary>ARNs of what it is about: the rule, for a schedule.</summary>
    public List<string>? Resources { get; set; }
}
