using System.Collections.Frozen;
using System.Globalization;
using LocalCloud.Http;
using LocalCloud.Policies;

namespace LocalCloud.Sns;

/// <summary>The attributes of a topic that can be set, and the check of each value.</summary>
internal static class TopicAttribute
{
    private static readonly FrozenDictionary<string, Func<string, bool>> Checks = new Dictionary<string, Func<string, bool>>
    {
        ["DisplayName"] = value => value.Length <= 100,
        ["Policy"] = value => value.Length == 0 || ParsedPolicies.IsValid(value),
        ["DeliveryPolicy"] = IsDeliveryPolicy,
        ["KmsMasterKeyId"] = value => value.Length <= 2048,
        ["SignatureVersion"] = value => value is "1" or "2",
        ["TracingConfig"] = value => value is "PassThrough" or "Active",
        ["ContentBasedDeduplication"] = IsFlag,
        ["FifoThroughputScope"] = value => value is "Topic" or "MessageGroup",
        [ArchivePolicy.Attribute] = value => value.Length == 0 || ArchivePolicy.Days(value) is null or > 0,
        ["MaximumMessageSize"] = value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes is >= 1024 and <= Limits.MessageBytes,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] FifoOnly = ["ContentBasedDeduplication", "FifoThroughputScope", ArchivePolicy.Attribute];

    /// <exception cref="Http.ServiceException">The attribute is unknown, not for this type of topic, or its value is not valid.</exception>
    public static void Check(string name, string value, bool fifo)
    {
        var feedback = name.EndsWith("FeedbackRoleArn", StringComparison.Ordinal) || name.EndsWith("SuccessFeedbackSampleRate", StringComparison.Ordinal);
        if (!feedback && (!Checks.ContainsKey(name) || (FifoOnly.Contains(name) && !fifo)))
        {
            throw SnsError.InvalidParameter("AttributeName");
        }

        if (!feedback && !Checks[name](value))
        {
            throw SnsError.InvalidParameter($"{name} Reason: '{Excerpt.Of(value)}' is not a valid value");
        }
    }

    // Says itself what is wrong.
    private static bool IsDeliveryPolicy(string value)
    {
        if (value.Length > 0)
        {
            Delivery.DeliveryPolicy.CheckOfTopic(value);
        }

        return true;
    }

    private static bool IsFlag(string value) => value is "true" or "false";
}
