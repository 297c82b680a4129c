using System.Security.Cryptography;
using System.Text;

namespace LocalCloud.Sns.Operations;

/// <summary>A message of a publish request: read and checked against its topic.</summary>
internal static class OutgoingNotification
{
    private const int LongestId = 128;

    /// <summary>Bytes that count against the topic's limit.</summary>
    public static long SizeOf(Notification notification) =>
        Encoding.UTF8.GetByteCount(notification.Message) + notification.Attributes.Sum(attribute => (long)attribute.Size);

    /// <exception cref="Http.ServiceException">The message breaks one of the topic's rules.</exception>
    public static Notification Read(SnsInput input, Topic topic, DateTimeOffset now)
    {
        var message = input["Message"] is { Length: > 0 } text ? text : throw SnsError.InvalidParameter("Empty message");
        PublishRules.CheckSubject(input["Subject"]);
        var notification = new Notification(topic, message, input.MessageAttributes(), now)
        {
            Subject = input["Subject"],
            GroupId = input["MessageGroupId"],
            DeduplicationId = input["MessageDeduplicationId"],
            Texts = input["MessageStructure"] switch
            {
                null or "" => null,
                "json" => PublishRules.ReadTexts(message),
                _ => throw SnsError.InvalidParameter("MessageStructure Reason: it can only be json"),
            },
        };
        if (SizeOf(notification) > topic.MaximumMessageSize)
        {
            throw SnsError.InvalidParameter("Message too long");
        }

        CheckId("MessageGroupId", notification.GroupId);
        CheckId("MessageDeduplicationId", notification.DeduplicationId);
        CheckOrder(topic, notification.GroupId, notification.DeduplicationId);
        return topic.IsFifo
            ? notification with { DeduplicationId = notification.DeduplicationId ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message))) }
            : notification;
    }

    /// <exception cref="Http.ServiceException">An id is missing that a FIFO topic needs, or given that a standard topic does not take.</exception>
    public static void CheckOrder(Topic topic, string? groupId, string? deduplicationId)
    {
        if (!topic.IsFifo && deduplicationId is not null)
        {
            throw SnsError.InvalidParameter("MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type");
        }

        if (topic.IsFifo && groupId is null)
        {
            throw SnsError.InvalidParameter("The MessageGroupId parameter is required for FIFO topics");
        }

        if (topic.IsFifo && deduplicationId is null && !topic.ContentBasedDeduplication)
        {
            throw SnsError.InvalidParameter("The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
        }
    }

    private static void CheckId(string parameter, string? id)
    {
        if (id is not null && (id.Length is 0 or > LongestId || !id.All(c => c is > ' ' and < '\x7f')))
        {
            throw SnsError.InvalidParameter($"{parameter} Reason: it can only include alphanumeric and punctuation characters, 1 to {LongestId} of them");
        }
    }
}
