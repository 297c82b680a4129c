using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.DynamoDb;

/// <summary>An error as JSON, with the item or the reasons that some have.</summary>
internal static class ErrorAnswer
{
    public static void Write(Utf8JsonWriter output, ServiceException error)
    {
        output.WriteString("__type"u8, error.Type);
        // The SDKs read the message of a cancelled transaction under the name that its shape has.
        output.WriteString(error is TransactionCanceledException ? "Message"u8 : "message"u8, error.Message);
        switch (error)
        {
            case ConditionFailedException { Item: { } item }:
                output.WritePropertyName("Item"u8);
                item.WriteContent(output);
                break;
            case TransactionCanceledException cancelled:
                output.WriteStartArray("CancellationReasons"u8);
                foreach (var reason in cancelled.Reasons)
                {
                    WriteReason(output, reason);
                }

                output.WriteEndArray();
                break;
        }
    }

    private static void WriteReason(Utf8JsonWriter output, ServiceException? reason)
    {
        output.WriteStartObject();
        output.WriteString("Code"u8, TransactionCanceledException.CodeOf(reason));
        if (reason is not null)
        {
            output.WriteString("Message"u8, reason.Message);
        }

        if (reason is ConditionFailedException { Item: { } item })
        {
            output.WritePropertyName("Item"u8);
            item.WriteContent(output);
        }

        output.WriteEndObject();
    }
}
