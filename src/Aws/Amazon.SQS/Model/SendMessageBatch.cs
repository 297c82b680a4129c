using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Sends up to 10 messages, 1 MiB in all. Each succeeds or fails for itself: read <see cref="SendMessageBatchResponse.Failed"/>.</summary>
public class SendMessageBatchRequest : AmazonSQSRequest
{
    /// <summary>An empty request.</summary>
    public SendMessageBatchRequest()
    {
    }

    /// <summary>A request with both its members.</summary>
    public SendMessageBatchRequest(string queueUrl, List<SendMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    /// <summary>1 to 10 messages, with ids of their own.</summary>
    public List<SendMessageBatchRequestEntry>? Entries { get; set; }

    /// <summary>The queue. Required.</summary>
    public string? QueueUrl { get; set; }
}

/// <summary>One message of a batch. Members as in <see cref="SendMessageRequest"/>.</summary>
public class SendMessageBatchRequestEntry
{
    /// <summary>An empty entry.</summary>
    public SendMessageBatchRequestEntry()
    {
    }

    /// <summary>An entry with the two members that every one needs.</summary>
    public SendMessageBatchRequestEntry(string id, string messageBody)
    {
        Id = id;
        MessageBody = messageBody;
    }

    /// <summary>Seconds before the message can be received: 0 to 900, on standard queues only.</summary>
    public int? DelaySeconds { get; set; }

    /// <summary>Names the entry within the batch: 1 to 80 letters, digits, hyphens and underscores.</summary>
    public string? Id { get; set; }

    /// <summary>At most 10 attributes.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>The text: characters that XML 1.0 allows. Required.</summary>
    public string? MessageBody { get; set; }

    /// <summary>FIFO queues: the id by which a repeated send is recognized for 5 minutes.</summary>
    public string? MessageDeduplicationId { get; set; }

    /// <summary>FIFO queues: the group. Standard queues: the tenant, for fair queues.</summary>
    public string? MessageGroupId { get; set; }

    /// <summary>Attributes for AWS itself: only <c>AWSTraceHeader</c>.</summary>
    public Dictionary<string, MessageSystemAttributeValue>? MessageSystemAttributes { get; set; }
}

/// <summary>The answer to <see cref="SendMessageBatchRequest"/>: every entry is in one of the two lists.</summary>
public class SendMessageBatchResponse : AmazonWebServiceResponse
{
    /// <summary>Entries that SQS refused; null when there are none.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }

    /// <summary>Entries that are in the queue; null when there are none.</summary>
    public List<SendMessageBatchResultEntry>? Successful { get; set; }
}

/// <summary>One message of a batch that is in the queue.</summary>
public class SendMessageBatchResultEntry
{
    /// <summary>The entry's id in the request.</summary>
    public string Id { get; set; } = null!;

    /// <summary>MD5 of the attributes, as SQS saw them.</summary>
    public string? MD5OfMessageAttributes { get; set; }

    /// <summary>MD5 of the body, as SQS saw it.</summary>
    public string? MD5OfMessageBody { get; set; }

    /// <summary>MD5 of the system attributes, as SQS saw them.</summary>
    public string? MD5OfMessageSystemAttributes { get; set; }

    /// <summary>The id that SQS gave the message.</summary>
    public string MessageId { get; set; } = null!;

    /// <summary>FIFO queues: a number that grows within the group.</summary>
    public string? SequenceNumber { get; set; }
}
