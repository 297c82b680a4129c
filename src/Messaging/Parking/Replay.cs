using System.Globalization;
using Amazon.SQS.Model;
using Messaging.Consuming;

namespace Messaging.Parking;

/// <summary>
/// What goes through the queue for a parked message: it names the row and carries nothing. So a message of SQS's full size, or with all its ten
/// attributes, can be replayed too, and a copy that comes late finds its row gone and has no effect.
/// </summary>
internal static class Replay
{
    private const string Attribute = "MessagingReplayOf";

    public static SendMessageRequest Of(NextReplay next, string groupId) => new()
    {
        QueueUrl = next.QueueUrl,
        MessageBody = $"Replay of the parked message {next.Position} of its group: the table parked_message has its text.",
        MessageGroupId = groupId,
        // Never the same twice: a queue that took it for a duplicate would stop the group.
        MessageDeduplicationId = Guid.NewGuid().ToString(),
        MessageAttributes = new()
        {
            [Attribute] = new() { DataType = "Number", StringValue = next.Position.ToString(CultureInfo.InvariantCulture) },
        },
    };

    /// <summary>The place of the parked message, if the delivery is a replay.</summary>
    public static long? PositionOf(Delivery delivery) =>
        delivery.Attributes.TryGetValue(Attribute, out var value) && long.TryParse(value.StringValue, CultureInfo.InvariantCulture, out var position) ? position : null;
}
