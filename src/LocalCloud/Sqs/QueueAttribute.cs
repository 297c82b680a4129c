using System.Collections.Frozen;
using System.Globalization;
using LocalCloud.Policies;

namespace LocalCloud.Sqs;

/// <summary>An attribute of a queue that can be set: how its text is checked, stored and shown.</summary>
/// <param name="Set">Gives the new settings, or null when the value is not valid.</param>
/// <param name="Get">Gives the text, or null when there is nothing to show.</param>
/// <param name="FifoOnly">Whether only FIFO queues have it.</param>
internal sealed record QueueAttribute(Func<QueueSettings, string, QueueSettings?> Set, Func<QueueSettings, string?> Get, bool FifoOnly = false)
{
    public static FrozenDictionary<string, QueueAttribute> All { get; } = new Dictionary<string, QueueAttribute>
    {
        ["DelaySeconds"] = Number(0, 900, (s, v) => s with { DelaySeconds = v }, s => s.DelaySeconds),
        ["MaximumMessageSize"] = Number(1024, Limits.MessageBytes, (s, v) => s with { MaximumMessageSize = v }, s => s.MaximumMessageSize),
        ["MessageRetentionPeriod"] = Number(60, 1_209_600, (s, v) => s with { MessageRetentionPeriod = v }, s => s.MessageRetentionPeriod),
        ["ReceiveMessageWaitTimeSeconds"] = Number(0, 20, (s, v) => s with { ReceiveMessageWaitTimeSeconds = v }, s => s.ReceiveMessageWaitTimeSeconds),
        ["VisibilityTimeout"] = Number(0, 43_200, (s, v) => s with { VisibilityTimeout = v }, s => s.VisibilityTimeout),
        ["KmsDataKeyReusePeriodSeconds"] = Number(
            60, 86_400, (s, v) => s with { KmsDataKeyReusePeriodSeconds = v }, s => s.KmsDataKeyReusePeriodSeconds ?? (s.KmsMasterKeyId is null ? null : 300)),
        ["KmsMasterKeyId"] = new(
            (s, v) => v.Length == 0 ? s with { KmsMasterKeyId = null } : s with { KmsMasterKeyId = v, SqsManagedSseEnabled = false }, s => s.KmsMasterKeyId),
        ["SqsManagedSseEnabled"] = Flag((s, v) => s with { SqsManagedSseEnabled = v, KmsMasterKeyId = v ? null : s.KmsMasterKeyId }, s => s.SqsManagedSseEnabled),
        ["Policy"] = new((s, v) => v.Length == 0 ? s with { Policy = null } : ParsedPolicies.IsValid(v) ? s with { Policy = v } : null, s => s.Policy),
        ["RedrivePolicy"] = new(Redrive, s => s.RedrivePolicy?.ToJson()),
        ["RedriveAllowPolicy"] = new(
            (s, v) => v.Length == 0 ? s with { RedriveAllowPolicy = null } : RedriveAllowance.TryParse(v) is null ? null : s with { RedriveAllowPolicy = v }, s => s.RedriveAllowPolicy),
        ["ContentBasedDeduplication"] = Flag((s, v) => s with { ContentBasedDeduplication = v }, s => s.ContentBasedDeduplication, fifoOnly: true),
        ["DeduplicationScope"] = Choice(["queue", "messageGroup"], (s, v) => s with { DeduplicationScope = v }, s => s.DeduplicationScope),
        ["FifoThroughputLimit"] = Choice(["perQueue", "perMessageGroupId"], (s, v) => s with { FifoThroughputLimit = v }, s => s.FifoThroughputLimit),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Applies attributes to settings, all or none.</summary>
    /// <exception cref="Http.ServiceException">An attribute is unknown, not for this type of queue, or has an invalid value.</exception>
    public static QueueSettings Apply(QueueSettings settings, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        var (ownKey, managed) = (false, false);
        foreach (var (name, value) in attributes)
        {
            ownKey |= name == "KmsMasterKeyId" && value.Length > 0;
            managed |= name == "SqsManagedSseEnabled" && value.Equals("true", StringComparison.OrdinalIgnoreCase);
            if (!All.TryGetValue(name, out var attribute))
            {
                throw SqsError.UnknownAttribute(name);
            }

            if (attribute.FifoOnly && !settings.IsFifo)
            {
                throw SqsError.InvalidAttributeName($"You can specify the {name} only when FifoQueue is set to true.");
            }

            settings = attribute.Set(settings, value) ?? throw SqsError.InvalidAttributeValue(name);
        }

        if (ownKey && managed)
        {
            throw SqsError.InvalidAttributeValue("SqsManagedSseEnabled", "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.");
        }

        return settings is { FifoThroughputLimit: "perMessageGroupId", DeduplicationScope: "queue" }
            ? throw SqsError.InvalidAttributeValue("FifoThroughputLimit")
            : settings;
    }

    private static QueueAttribute Number(int min, int max, Func<QueueSettings, int, QueueSettings> set, Func<QueueSettings, int?> get) => new(
        (s, v) => int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? set(s, number) : null,
        s => get(s)?.ToString(CultureInfo.InvariantCulture));

    private static QueueAttribute Flag(Func<QueueSettings, bool, QueueSettings> set, Func<QueueSettings, bool> get, bool fifoOnly = false) =>
        new((s, v) => bool.TryParse(v, out var flag) ? set(s, flag) : null, s => get(s) ? "true" : "false", fifoOnly);

    private static QueueAttribute Choice(string[] choices, Func<QueueSettings, string, QueueSettings> set, Func<QueueSettings, string> get) =>
        new((s, v) => choices.Contains(v) ? set(s, v) : null, get, FifoOnly: true);

    private static QueueSettings? Redrive(QueueSettings settings, string value) =>
        settings with { RedrivePolicy = value.Length == 0 ? null : RedrivePolicy.Parse(value) };
}
