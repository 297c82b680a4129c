using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Messaging.Diagnostics;

namespace Messaging.Publishing;

/// <summary>One call to a topic: ten messages cost as much as one.</summary>
internal static class TopicBatch
{
    public static async Task<IReadOnlyList<EntryFailure>> SendAsync(
        IAmazonSimpleNotificationService sns, string topicArn, IReadOnlyList<Outbound> batch, CancellationToken cancellationToken)
    {
        var fifo = SqsRules.IsFifo(topicArn);
        var request = new PublishBatchRequest
        {
            TopicArn = topicArn,
            PublishBatchRequestEntries = [.. batch.Select((m, i) => new PublishBatchRequestEntry
            {
                Id = SqsRules.EntryId(i),
                Message = m.Body,
                MessageGroupId = fifo ? m.Key : null,
                MessageDeduplicationId = fifo ? m.Id : null,
                MessageAttributes = Attributes(m),
            })],
        };
        FailPoint.Before(Step.Publish);
        var response = await sns.PublishBatchAsync(request, cancellationToken).ConfigureAwait(false);
        FailPoint.After(Step.Publish);
        return BatchAnswer.Failures(
            batch,
            (response.Successful ?? []).Select(s => s.Id),
            (response.Failed ?? []).Select(f => (f.Id, f.Code ?? "", f.Message ?? "", f.SenderFault ?? false)));
    }

    private static Dictionary<string, MessageAttributeValue> Attributes(Outbound message)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>(1 + message.Attributes.Count) { [AttributeValue.Type] = new() { DataType = "String", StringValue = message.Type } };
        foreach (var attribute in message.Attributes)
            attributes[attribute.Name] = new() { DataType = attribute.DataType, StringValue = attribute.Value };
        return attributes;
    }
}
