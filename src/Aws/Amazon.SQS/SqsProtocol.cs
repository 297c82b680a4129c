using System.Text.Json;
using Amazon.SQS.Model;
using Aws.Http;

namespace Amazon.SQS;

/// <summary>SQS's operations in JSON 1.0.</summary>
internal static class SqsProtocol
{
    public static readonly ServiceProtocol Service = new("SQS", "SQS", "/", "application/x-amz-json-1.0", JsonBody.ReadError, SqsErrors.Create);

    public static readonly Operation<SendMessageRequest, SendMessageResponse> SendMessage = new(
        "AmazonSQS.SendMessage",
        static (body, request) =>
        {
            using var written = JsonBody.Writer(body, out var json);
            json.WriteStartObject();
            json.WriteText("QueueUrl"u8, request.QueueUrl);
            json.WriteText("MessageBody"u8, request.MessageBody);
            json.WriteNumber("DelaySeconds"u8, request.DelaySeconds);
            json.WriteText("MessageDeduplicationId"u8, request.MessageDeduplicationId);
            json.WriteText("MessageGroupId"u8, request.MessageGroupId);
            SqsAttributes.Write(json, request.MessageAttributes);
            SqsAttributes.Write(json, request.MessageSystemAttributes);
            json.WriteEndObject();
        },
        static (bytes, length) => JsonBody.Read(bytes, length, new SendMessageResponse(), static (ref Utf8JsonReader json, SendMessageResponse response) =>
        {
            if (json.ValueTextEquals("MessageId"u8))
                response.MessageId = JsonBody.ReadText(ref json)!;
            else if (json.ValueTextEquals("SequenceNumber"u8))
                response.SequenceNumber = JsonBody.ReadText(ref json);
            else if (json.ValueTextEquals("MD5OfMessageBody"u8))
                response.MD5OfMessageBody = JsonBody.ReadText(ref json);
            else if (json.ValueTextEquals("MD5OfMessageAttributes"u8))
                response.MD5OfMessageAttributes = JsonBody.ReadText(ref json);
            else if (json.ValueTextEquals("MD5OfMessageSystemAttributes"u8))
                response.MD5OfMessageSystemAttributes = JsonBody.ReadText(ref json);
            else
                return false;
            return true;
        }));

    public static readonly Operation<ReceiveMessageRequest, ReceiveMessageResponse> ReceiveMessage = new(
        "AmazonSQS.ReceiveMessage",
        static (body, request) =>
        {
            using var written = JsonBody.Writer(body, out var json);
            json.WriteStartObject();
            json.WriteText("QueueUrl"u8, request.QueueUrl);
            json.WriteNumber("MaxNumberOfMessages"u8, request.MaxNumberOfMessages);
            json.WriteTexts("MessageAttributeNames"u8, request.MessageAttributeNames);
            json.WriteTexts("MessageSystemAttributeNames"u8, request.MessageSystemAttributeNames);
            json.WriteText("ReceiveRequestAttemptId"u8, request.ReceiveRequestAttemptId);
            json.WriteNumber("VisibilityTimeout"u8, request.VisibilityTimeout);
            json.WriteNumber("WaitTimeSeconds"u8, request.WaitTimeSeconds);
            json.WriteEndObject();
        },
        static (bytes, length) => JsonBody.Read(bytes, length, new ReceiveMessageResponse(), static (ref Utf8JsonReader json, ReceiveMessageResponse response) =>
        {
            if (!json.ValueTextEquals("Messages"u8))
                return false;
            response.Messages = JsonBody.ReadList<Message>(ref json, ReadMessage);
            return true;
        }));

    public static readonly Operation<DeleteMessageRequest, DeleteMessageResponse> DeleteMessage = new(
        "AmazonSQS.DeleteMessage",
        static (body, request) =>
        {
            using var written = JsonBody.Writer(body, out var json);
            json.WriteStartObject();
            json.WriteText("QueueUrl"u8, request.QueueUrl);
            json.WriteText("ReceiptHandle"u8, request.ReceiptHandle);
            json.WriteEndObject();
        },
        static (_, _) => new DeleteMessageResponse());

    public static readonly Operation<ChangeMessageVisibilityRequest, ChangeMessageVisibilityResponse> ChangeMessageVisibility = new(
        "AmazonSQS.ChangeMessageVisibility",
        static (body, request) =>
        {
            using var written = JsonBody.Writer(body, out var json);
            json.WriteStartObject();
            json.WriteText("QueueUrl"u8, request.QueueUrl);
            json.WriteText("ReceiptHandle"u8, request.ReceiptHandle);
            json.WriteNumber("VisibilityTimeout"u8, request.VisibilityTimeout);
            json.WriteEndObject();
        },
        static (_, _) => new ChangeMessageVisibilityResponse());

    public static readonly Operation<GetQueueUrlRequest, GetQueueUrlResponse> GetQueueUrl = new(
        "AmazonSQS.GetQueueUrl",
        static (body, request) =>
        {
            using var written = JsonBody.Writer(body, out var json);
            json.WriteStartObject();
            json.WriteText("QueueName"u8, request.QueueName);
            json.WriteText("QueueOwnerAWSAccountId"u8, request.QueueOwnerAWSAccountId);
            json.WriteEndObject();
        },
        static (bytes, length) => JsonBody.Read(bytes, length, new GetQueueUrlResponse(), static (ref Utf8JsonReader json, GetQueueUrlResponse response) =>
        {
            if (!json.ValueTextEquals("QueueUrl"u8))
                return false;
            response.QueueUrl = JsonBody.ReadText(ref json)!;
            return true;
        }));

    public static readonly Operation<GetQueueAttributesRequest, GetQueueAttributesResponse> GetQueueAttributes = new(
        "AmazonSQS.GetQueueAttributes",
        static (body, request) =>
        {
            using var written = JsonBody.Writer(body, out var json);
            json.WriteStartObject();
            json.WriteText("QueueUrl"u8, request.QueueUrl);
            json.WriteTexts("AttributeNames"u8, request.AttributeNames);
            json.WriteEndObject();
        },
        static (bytes, length) => JsonBody.Read(bytes, length, new GetQueueAttributesResponse(), static (ref Utf8JsonReader json, GetQueueAttributesResponse response) =>
        {
            if (!json.ValueTextEquals("Attributes"u8))
                return false;
            response.Attributes = JsonBody.ReadTexts(ref json);
            return true;
        }));

    private static bool ReadMessage(ref Utf8JsonReader json, Message message)
    {
        if (json.ValueTextEquals("Body"u8))
            message.Body = JsonBody.ReadText(ref json)!;
        else if (json.ValueTextEquals("MessageId"u8))
            message.MessageId = JsonBody.ReadText(ref json)!;
        else if (json.ValueTextEquals("ReceiptHandle"u8))
            message.ReceiptHandle = JsonBody.ReadText(ref json)!;
        else if (json.ValueTextEquals("MD5OfBody"u8))
            message.MD5OfBody = JsonBody.ReadText(ref json);
        else if (json.ValueTextEquals("MD5OfMessageAttributes"u8))
            message.MD5OfMessageAttributes = JsonBody.ReadText(ref json);
        else if (json.ValueTextEquals("Attributes"u8))
            message.Attributes = JsonBody.ReadTexts(ref json);
        else if (json.ValueTextEquals("MessageAttributes"u8))
            message.MessageAttributes = JsonBody.ReadMap<MessageAttributeValue>(ref json, SqsAttributes.Read);
        else
            return false;
        return true;
    }
}
