using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Acknowledges up to 10 messages, each for itself.</summary>
public class DeleteMessageBatchRequest : AmazonSQSRequest
{
    /// <summary>An empty request.</summary>
    public DeleteMessageBatchRequest()
    {
    }

    /// <summary>A request with both its members.</summary>
    public DeleteMessageBatchRequest(string queueUrl, List<DeleteMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    /// <summary>1 to 10 messages, with ids of their own.</summary>
    public List<DeleteMessageBatchRequestEntry>? Entries { get; set; }

    /// <summary>The queue. Required.</summary>
    public string? QueueUrl { get; set; }
}

/// <summary>One message to acknowledge.</summary>
public class DeleteMessageBatchRequestEntry
{
    /// <summary>An empty entry.</summary>
    public DeleteMessageBatchRequestEntry()
    {
    }

    /// <summary>An entry with both its members.</summary>
    public DeleteMessageBatchRequestEntry(string id, string receiptHandle)
    {
        Id = id;
        ReceiptHandle = receiptHandle;
    }

    /// <summary>Names the entry within the batch: 1 to 80 letters, digits, hyphens and underscores.</summary>
    public string? Id { get; set; }

    /// <summary>The handle of the latest receive. Required.</summary>
    public string? ReceiptHandle { get; set; }
}

/// <summary>The answer to <see cref="DeleteMessageBatchRequest"/>: every entry is in one of the two lists.</summary>
public class DeleteMessageBatchResponse : AmazonWebServiceResponse
{
    /// <summary>Entries that SQS refused; null when there are none.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }

    /// <summary>Entries that are deleted; null when there are none.</summary>
    public List<DeleteMessageBatchResultEntry>? Successful { get; set; }
}

/// <summary>One message that is deleted.</summary>
public class DeleteMessageBatchResultEntry
{
    /// <summary>The entry's id in the request.</summary>
    public string Id { get; set; } = null!;
}
