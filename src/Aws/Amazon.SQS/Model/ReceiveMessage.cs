using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Asks for up to 10 messages.</summary>
public class ReceiveMessageRequest : AmazonSQSRequest
{
    /// <summary>An empty request.</summary>
    public ReceiveMessageRequest()
    {
    }

    /// <summary>A request for one message of a queue, without waiting.</summary>
    public ReceiveMessageRequest(string queueUrl) => QueueUrl = queueUrl;

    /// <summary>1 to 10; null is 1.</summary>
    public int? MaxNumberOfMessages { get; set; }

    /// <summary>The message attributes to return: names, prefixes with <c>.*</c>, or <c>All</c>.</summary>
    public List<string>? MessageAttributeNames { get; set; }

    /// <summary>The system attributes to return (<c>ApproximateReceiveCount</c>, <c>MessageGroupId</c>, …) or <c>All</c>.</summary>
    public List<string>? MessageSystemAttributeNames { get; set; }

    /// <summary>The queue. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>FIFO queues: makes a repeated receive return the same messages for 5 minutes.</summary>
    public string? ReceiveRequestAttemptId { get; set; }

    /// <summary>Seconds that the messages stay invisible: 0 to 43,200. Null: the queue's own timeout.</summary>
    public int? VisibilityTimeout { get; set; }

    /// <summary>Seconds to wait for a message: 0 to 20. Null: the queue's own.</summary>
    public int? WaitTimeSeconds { get; set; }
}

/// <summary>The answer to <see cref="ReceiveMessageRequest"/>.</summary>
public class ReceiveMessageResponse : AmazonWebServiceResponse
{
    /// <summary>The messages; null when there are none.</summary>
    public List<Message>? Messages { get; set; }
}
