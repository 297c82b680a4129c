using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Changes the visibility timeout of up to 10 messages, each for itself.</summary>
public class ChangeMessageVisibilityBatchRequest : AmazonSQSRequest
{
    /// <summary>An empty request.</summary>
    public ChangeMessageVisibilityBatchRequest()
    {
    }

    /// <summary>A request with both its members.</summary>
    public ChangeMessageVisibilityBatchRequest(string queueUrl, List<ChangeMessageVisibilityBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    /// <summary>1 to 10 messages, with ids of their own.</summary>
    public List<ChangeMessageVisibilityBatchRequestEntry>? Entries { get; set; }

    /// <summary>The queue. Required.</summary>
    public string? QueueUrl { get; set; }
}

/// <summary>One message and its new timeout.</summary>
public class ChangeMessageVisibilityBatchRequestEntry
{
    /// <summary>An empty entry.</summary>
    public ChangeMessageVisibilityBatchRequestEntry()
    {
    }

    /// <summary>An entry without its timeout.</summary>
    public ChangeMessageVisibilityBatchRequestEntry(string id, string receiptHandle)
    {
        Id = id;
        ReceiptHandle = receiptHandle;
    }

    /// <summary>Names the entry within the batch: 1 to 80 letters, digits, hyphens and underscores.</summary>
    public string? Id { get; set; }

    /// <summary>The handle of the latest receive. Required.</summary>
    public string? ReceiptHandle { get; set; }

    /// <summary>Seconds from now: 0 (visible at once) to 43,200.</summary>
    public int? VisibilityTimeout { get; set; }
}

/// <summary>The answer to <see cref="ChangeMessageVisibilityBatchRequest"/>: every entry is in one of the two lists.</summary>
public class ChangeMessageVisibilityBatchResponse : AmazonWebServiceResponse
{
    /// <summary>Entries that SQS refused; null when there are none.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }

    /// <summary>Entries that are changed; null when there are none.</summary>
    public List<ChangeMessageVisibilityBatchResultEntry>? Successful { get; set; }
}

/// <summary>One message whose timeout is changed.</summary>
public class ChangeMessageVisibilityBatchResultEntry
{
    /// <summary>The entry's id in the request.</summary>
    public string Id { get; set; } = null!;
}
