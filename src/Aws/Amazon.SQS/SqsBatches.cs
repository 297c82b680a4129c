using System.Text.Json;
using Amazon.SQS.Model;
using Aws.Http;

namespace Amazon.SQS;

/// <summary>SQS's batch operations in JSON 1.0.</summary>
internal static class SqsBatches
{
    public static readonly Operation<SendMessageBatchRequest, SendMessageBatchResponse> SendMessageBatch = new(
        "AmazonSQS.SendMessageBatch",
        static (body, request) => Write(body, request.QueueUrl, request.Entries, static (json, entry) =>
        {
            json.WriteText("Id"u8, entry.Id);
            json.WriteText("MessageBody"u8, entry.MessageBody);
            json.WriteNumber("DelaySeconds"u8, entry.DelaySeconds);
            json.WriteText("MessageDeduplicationId"u8, entry.MessageDeduplicationId);
            json.WriteText("MessageGroupId"u8, entry.MessageGroupId);
            SqsAttributes.Write(json, entry.MessageAttributes);
            SqsAttributes.Write(json, entry.MessageSystemAttributes);
        }),
        static (bytes, length) => JsonBody.Read(bytes, length, new SendMessageBatchResponse(), static (ref Utf8JsonReader json, SendMessageBatchResponse response) =>
        {
            if (json.ValueTextEquals("Successful"u8))
                response.Successful = JsonBody.ReadList<SendMessageBatchResultEntry>(ref json, ReadSent);
            else if (json.ValueTextEquals("Failed"u8))
                response.Failed = JsonBody.ReadList<BatchResultErrorEntry>(ref json, ReadFailed);
            else
                return false;
            return true;
        }));

    public static readonly Operation<DeleteMessageBatchRequest, DeleteMessageBatchResponse> DeleteMessageBatch = new(
        "AmazonSQS.DeleteMessageBatch",
        static (body, request) => Write(body, request.QueueUrl, request.Entries, static (json, entry) =>
        {
            json.WriteText("Id"u8, entry.Id);
            json.WriteText("ReceiptHandle"u8, entry.ReceiptHandle);
        }),
        static (bytes, length) => JsonBody.Read(bytes, length, new DeleteMessageBatchResponse(), static (ref Utf8JsonReader json, DeleteMessageBatchResponse response) =>
        {
            if (json.ValueTextEquals("Successful"u8))
                response.Successful = JsonBody.ReadList(ref json, static (ref Utf8JsonReader entryJson, DeleteMessageBatchResultEntry entry) =>
                {
                    if (!entryJson.ValueTextEquals("Id"u8))
                        return false;
                    entry.Id = JsonBody.ReadText(ref entryJson)!;
                    return true;
                });
            else if (json.ValueTextEquals("Failed"u8))
                response.Failed = JsonBody.ReadList<BatchResultErrorEntry>(ref json, ReadFailed);
            else
                return false;
            return true;
        }));

    public static readonly Operation<ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatch = new(
        "AmazonSQS.ChangeMessageVisibilityBatch",
        static (body, request) => Write(body, request.QueueUrl, request.Entries, static (json, entry) =>
        {
            json.WriteText("Id"u8, entry.Id);
            json.WriteText("ReceiptHandle"u8, entry.ReceiptHandle);
            json.WriteNumber("VisibilityTimeout"u8, entry.VisibilityTimeout);
        }),
        static (bytes, length) => JsonBody.Read(bytes, length, new ChangeMessageVisibilityBatchResponse(), static (ref Utf8JsonReader json, ChangeMessageVisibilityBatchResponse response) =>
        {
            if (json.ValueTextEquals("Successful"u8))
                response.Successful = JsonBody.ReadList(ref json, static (ref Utf8JsonReader entryJson, ChangeMessageVisibilityBatchResultEntry entry) =>
                {
                    if (!entryJson.ValueTextEquals("Id"u8))
                        return false;
                    entry.Id = JsonBody.ReadText(ref entryJson)!;
                    return true;
                });
            else if (json.ValueTextEquals("Failed"u8))
                response.Failed = JsonBody.ReadList<BatchResultErrorEntry>(ref json, ReadFailed);
            else
                return false;
            return true;
        }));

    private static void Write<T>(PooledBuffer body, string? queueUrl, List<T>? entries, Action<Utf8JsonWriter, T> writeEntry)
    {
        using var written = JsonBody.Writer(body, out var json);
        json.WriteStartObject();
        json.WriteText("QueueUrl"u8, queueUrl);
        json.WriteStartArray("Entries"u8);
        foreach (var entry in entries ?? [])
        {
            json.WriteStartObject();
            writeEntry(json, entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static bool ReadSent(ref Utf8JsonReader json, SendMessageBatchResultEntry entry)
    {
        if (json.ValueTextEquals("Id"u8))
            entry.Id = JsonBody.ReadText(ref json)!;
        else if (json.ValueTextEquals("MessageId"u8))
            entry.MessageId = JsonBody.ReadText(ref json)!;
        else if (json.ValueTextEquals("SequenceNumber"u8))
            entry.SequenceNumber = JsonBody.ReadText(ref json);
        else if (json.ValueTextEquals("MD5OfMessageBody"u8))
            entry.MD5OfMessageBody = JsonBody.ReadText(ref json);
        else if (json.ValueTextEquals("MD5OfMessageAttributes"u8))
            entry.MD5OfMessageAttributes = JsonBody.ReadText(ref json);
        else if (json.ValueTextEquals("MD5OfMessageSystemAttributes"u8))
            entry.MD5OfMessageSystemAttributes = JsonBody.ReadText(ref json);
        else
            return false;
        return true;
    }

    private static bool ReadFailed(ref Utf8JsonReader json, BatchResultErrorEntry entry)
    {
        if (json.ValueTextEquals("Id"u8))
            entry.Id = JsonBody.ReadText(ref json);
        else if (json.ValueTextEquals("Code"u8))
            entry.Code = JsonBody.ReadText(ref json);
        else if (json.ValueTextEquals("Message"u8))
            entry.Message = JsonBody.ReadText(ref json);
        else if (json.ValueTextEquals("SenderFault"u8))
        {
            json.Read();
            entry.SenderFault = json.GetBoolean();
        }
        else
        {
            return false;
        }

        return true;
    }
}
