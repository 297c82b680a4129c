using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Acknowledges a message.</summary>
public class DeleteMessageRequest : AmazonSQSRequest
{
    /// <summary>An empty request.</summary>
    public DeleteMessageRequest()
    {
    }

    /// <summary>A request with both its members.</summary>
    public DeleteMessageRequest(string queueUrl, string receiptHandle)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
    }

    /// <summary>The queue. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>The handle of the latest receive; an older one can be answered with success and delete nothing. Required.</summary>
    public string? ReceiptHandle { get; set; }
}

/// <summary>The answer to <see cref="DeleteMessageRequest"/>.</summary>
public class DeleteMessageResponse : AmazonWebServiceResponse;
