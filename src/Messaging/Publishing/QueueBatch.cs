using Amazon.SQS;
using Amazon.SQS.Model;
using Messaging.Diagnostics;

namespace Messaging.Publishing;

/// <summary>One call to a queue: ten messages cost as much as one.</summary>
internal static class QueueBatch
{
    public static async Task<IReadOnlyList<EntryFailure>> SendAsync(
        IAmazonSQS sqs, string queueUrl, IReadOnlyList<Outbound> batch, CancellationToken cancellationToken)
    {
        var fifo = SqsRules.IsFifo(queueUrl);
        var request = new SendMessageBatchRequest
        {
            QueueUrl = queueUrl,
            Entries = [.. batch.Select((m, i) => new SendMessageBatchRequestEntry
            {
                Id = SqsRules.EntryId(i),
                MessageBody = m.Body,
                MessageGroupId = fifo ? m.Key : null,
                MessageDeduplicationId = fifo ? m.Id : null,
                MessageAttributes = Attributes(m),
            })],
        };
        FailPoint.Before(Step.Publish);
        var response = await sqs.SendMessageBatchAsync(request, cancellationToken).ConfigureAwait(false);
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
