using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Sets how long, from now on, a received message stays invisible. 12 hours in all since it was received.</summary>
public class ChangeMessageVisibilityRequest : AmazonSQSRequest
{
    /// <summary>An empty request.</summary>
    public ChangeMessageVisibilityRequest()
    {
    }

    /// <summary>A request with all its members.</summary>
    public ChangeMessageVisibilityRequest(string queueUrl, string receiptHandle, int? visibilityTimeout)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
        VisibilityTimeout = visibilityTimeout;
    }

    /// <summary>The queue. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>The handle of the latest receive. Required.</summary>
    public string? ReceiptHandle { get; set; }

    /// <summary>Seconds from now: 0 (visible at once) to 43,200. Required.</summary>
    public int? VisibilityTimeout { get; set; }
}

/// <summary>The answer to <see cref="ChangeMessageVisibilityRequest"/>.</summary>
public class ChangeMessageVisibilityResponse : AmazonWebServiceResponse;
