namespace Amazon.SQS.Model;

/// <summary>A received message. It stays in the queue, invisible to others, until it is deleted or its visibility timeout ends.</summary>
public class Message
{
    /// <summary>System attributes that the request asked for, by name (<c>ApproximateReceiveCount</c>, <c>SentTimestamp</c>, …); null when there are none.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    /// <summary>The message's text.</summary>
    public string Body { get; set; } = null!;

    /// <summary>MD5 of the body's UTF-8, in lower-case hexadecimal.</summary>
    public string? MD5OfBody { get; set; }

    /// <summary>MD5 of the message attributes in SQS's own encoding; null when there are none.</summary>
    public string? MD5OfMessageAttributes { get; set; }

    /// <summary>Message attributes that the request asked for; null when there are none.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>The id that SQS gave. A redrive gives the message a new one.</summary>
    public string MessageId { get; set; } = null!;

    /// <summary>Names this receipt of the message, for deleting it or changing its visibility. Every receive gives a new one.</summary>
    public string ReceiptHandle { get; set; } = null!;
}
