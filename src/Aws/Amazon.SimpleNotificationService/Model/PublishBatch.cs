using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>Publishes up to 10 messages. Each succeeds or fails for itself: read <see cref="PublishBatchResponse.Failed"/>.</summary>
public class PublishBatchRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>1 to 10 messages, with ids of their own; 256 KiB together, unless the topic says otherwise.</summary>
    public List<PublishBatchRequestEntry>? PublishBatchRequestEntries { get; set; }

    /// <summary>The topic. Required.</summary>
    public string? TopicArn { get; set; }
}

/// <summary>One message of a batch. Members as in <see cref="PublishRequest"/>.</summary>
public class PublishBatchRequestEntry
{
    /// <summary>Names the entry within the batch: 1 to 80 letters, digits, hyphens and underscores.</summary>
    public string? Id { get; set; }

    /// <summary>The text. Required.</summary>
    public string? Message { get; set; }

    /// <summary>What filter policies match, and what raw delivery passes on.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>FIFO topics: the id by which a repeated publish is recognized for 5 minutes.</summary>
    public string? MessageDeduplicationId { get; set; }

    /// <summary>FIFO topics: the group.</summary>
    public string? MessageGroupId { get; set; }

    /// <summary><c>json</c> when the message holds one text for each protocol.</summary>
    public string? MessageStructure { get; set; }

    /// <summary>For e-mail subscriptions: at most 100 ASCII characters.</summary>
    public string? Subject { get; set; }
}

/// <summary>The answer to <see cref="PublishBatchRequest"/>: every entry is in one of the two lists.</summary>
public class PublishBatchResponse : AmazonWebServiceResponse
{
    /// <summary>Entries that SNS refused; null when there are none.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }

    /// <summary>Entries that are published; null when there are none.</summary>
    public List<PublishBatchResultEntry>? Successful { get; set; }
}

/// <summary>One message of a batch that is published.</summary>
public class PublishBatchResultEntry
{
    /// <summary>The entry's id in the request.</summary>
    public string Id { get; set; } = null!;

    /// <summary>The id that SNS gave the message.</summary>
    public string MessageId { get; set; } = null!;

    /// <summary>FIFO topics: a number that grows within the group.</summary>
    public string? SequenceNumber { get; set; }
}
