using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>Publishes one message: at most 256 KiB, unless the topic's <c>MaximumMessageSize</c> says otherwise.</summary>
public class PublishRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>An empty request.</summary>
    public PublishRequest()
    {
    }

    /// <summary>A request with the two members that every publish to a topic needs.</summary>
    public PublishRequest(string topicArn, string message)
    {
        TopicArn = topicArn;
        Message = message;
    }

    /// <summary>A request with a subject.</summary>
    public PublishRequest(string topicArn, string message, string subject)
        : this(topicArn, message) => Subject = subject;

    /// <summary>The text. Required.</summary>
    public string? Message { get; set; }

    /// <summary>What filter policies match, and what raw delivery passes on.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>FIFO topics: a message with an id seen in the last 5 minutes is accepted and dropped. At most 128 characters.</summary>
    public string? MessageDeduplicationId { get; set; }

    /// <summary>FIFO topics: messages of a group keep their order. At most 128 characters.</summary>
    public string? MessageGroupId { get; set; }

    /// <summary><c>json</c> when the message holds one text for each protocol.</summary>
    public string? MessageStructure { get; set; }

    /// <summary>For text messages to a telephone, instead of a topic.</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>For e-mail subscriptions: at most 100 ASCII characters.</summary>
    public string? Subject { get; set; }

    /// <summary>An endpoint, instead of a topic.</summary>
    public string? TargetArn { get; set; }

    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }
}

/// <summary>The answer to <see cref="PublishRequest"/>.</summary>
public class PublishResponse : AmazonWebServiceResponse
{
    /// <summary>The id that SNS gave the message.</summary>
    public string MessageId { get; set; } = null!;

    /// <summary>FIFO topics: a number that grows within the group.</summary>
    public string? SequenceNumber { get; set; }
}
