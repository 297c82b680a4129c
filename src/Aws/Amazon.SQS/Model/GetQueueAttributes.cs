using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Asks for attributes of a queue.</summary>
public class GetQueueAttributesRequest : AmazonSQSRequest
{
    /// <summary>An empty request.</summary>
    public GetQueueAttributesRequest()
    {
    }

    /// <summary>A request with both its members.</summary>
    public GetQueueAttributesRequest(string queueUrl, List<string> attributeNames)
    {
        QueueUrl = queueUrl;
        AttributeNames = attributeNames;
    }

    /// <summary>Names (<c>ApproximateNumberOfMessages</c>, <c>VisibilityTimeout</c>, …) or <c>All</c>.</summary>
    public List<string>? AttributeNames { get; set; }

    /// <summary>The queue. Required.</summary>
    public string? QueueUrl { get; set; }
}

/// <summary>The answer to <see cref="GetQueueAttributesRequest"/>.</summary>
public class GetQueueAttributesResponse : AmazonWebServiceResponse
{
    /// <summary>The values by name; null when there are none.</summary>
    public Dictionary<string, string>? Attributes { get; set; }
}
