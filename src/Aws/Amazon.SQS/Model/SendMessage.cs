using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Sends one message: at most 1 MiB of body and attributes together.</summary>
public class SendMessageRequest : AmazonSQSRequest
{
    /// <summary>An empty request.</summary>
    public SendMessageRequest()
    {
    }

    /// <summary>A request with the two members that every send needs.</summary>
    public SendMessageRequest(string queueUrl, string messageBody)
    {
        QueueUrl = queueUrl;
        MessageBody = messageBody;
    }

    /// <summary>Seconds before the message can be received: 0 to 900, on standard queues only. Null: the queue's own delay.</summary>
    public int? DelaySeconds { get; set; }

    /// <summary>At most 10 attributes.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>The text: characters that XML 1.0 allows. Required.</summary>
    public string? MessageBody { get; set; }

    /// <summary>FIFO queues: a message with an id seen in the last 5 minutes is accepted and dropped. At most 128 characters.</summary>
    public string? MessageDeduplicationId { get; set; }

    /// <summary>FIFO queues: messages of a group are handled in order. Standard queues: the tenant, for fair queues. At most 128 characters.</summary>
    public string? MessageGroupId { get; set; }

    /// <summary>Attributes for AWS itself: only <c>AWSTraceHeader</c>.</summary>
    public Dictionary<string, MessageSystemAttributeValue>? MessageSystemAttributes { get; set; }

    /// <summary>The queue. Required.</summary>
    public string? QueueUrl { get; set; }
}

/// <summary>The answer to <see cref="SendMessageRequest"/>.</summary>
public class SendMessageResponse : AmazonWebServiceResponse
{
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
