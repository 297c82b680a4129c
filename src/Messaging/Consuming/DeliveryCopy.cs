using System.Text;
using Amazon.SQS.Model;

namespace Messaging.Consuming;

/// <summary>Sends a delivery's message on: the same body, byte for byte, in the same group and of the same trace.</summary>
internal static class DeliveryCopy
{
    private const string TraceHeader = "AWSTraceHeader";

    public static SendMessageRequest To(string queueUrl, Delivery delivery, BoundedAttributes attributes) => new()
    {
        QueueUrl = queueUrl,
        MessageBody = Encoding.UTF8.GetString(delivery.Body.Span),
        MessageGroupId = delivery.GroupId,
        MessageAttributes = attributes.Values,
        MessageSystemAttributes = delivery.TraceHeader is { Length: > 0 } trace
            ? new() { [TraceHeader] = new() { DataType = "String", StringValue = trace } }
            : null,
    };
}
