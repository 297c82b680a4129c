using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Asks for a queue's URL by its name.</summary>
public class GetQueueUrlRequest : AmazonSQSRequest
{
    /// <summary>An empty request.</summary>
    public GetQueueUrlRequest()
    {
    }

    /// <summary>A request for a queue of the caller's own account.</summary>
    public GetQueueUrlRequest(string queueName) => QueueName = queueName;

    /// <summary>The queue's name, with <c>.fifo</c> where it has that. Required.</summary>
    public string? QueueName { get; set; }

    /// <summary>The account that owns the queue; null: the caller's.</summary>
    public string? QueueOwnerAWSAccountId { get; set; }
}

/// <summary>The answer to <see cref="GetQueueUrlRequest"/>.</summary>
public class GetQueueUrlResponse : AmazonWebServiceResponse
{
    /// <summary>The queue's URL.</summary>
    public string QueueUrl { get; set; } = null!;
}
