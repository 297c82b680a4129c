using System.Text.Json;
using System.Xml;
using Amazon.Runtime;

namespace Aws.Http;

/// <summary>Turns answers that are not a success into exceptions, which never carry more of a body than the first line of its message.</summary>
internal static class ServiceErrors
{
    private const int MaxMessageLength = 1024;

    public static (string Type, AmazonServiceException Exception) Read(ServiceProtocol protocol, string host, Answer answer)
    {
        ServiceError error;
        try
        {
            error = protocol.ReadError(answer.Body.Bytes, answer.Body.Length);
        }
        catch (Exception exception) when (exception is JsonException or XmlException or InvalidOperationException or FormatException)
        {
            // Something between us and the service, a proxy for instance, answered in its own way.
            error = default;
        }

        var type = ShortName(error.Type ?? answer.ErrorType ?? "");
        // What the query protocol called the error, and whose fault it is: "AWS.SimpleQueueService.NonExistentQueue;Sender".
        var query = answer.QueryError?.Split(';') ?? [];
        var fault = (query.Length > 1 ? query[1] : error.Fault) switch
        {
            "Sender" => ErrorType.Sender,
            "Receiver" => ErrorType.Receiver,
            _ => (int)answer.Status < 500 ? ErrorType.Sender : ErrorType.Receiver,
        };
        var code = query.Length > 0 ? query[0] : type.Length > 0 ? type : answer.Status.ToString();
        var message = FirstLine(error.Message) ?? $"{protocol.Name} at {host} answered {(int)answer.Status} {type}".TrimEnd() + ".";
        return (type, protocol.CreateError(type, message, fault, code, answer.RequestId ?? "", answer.Status));
    }

    // "com.amazonaws.sqs#QueueDoesNotExist" and "MessageRejected:http://…" both name the error in the middle.
    private static string ShortName(string type)
    {
        var name = type.AsSpan(type.IndexOf('#', StringComparison.Ordinal) + 1);
        return (name.IndexOf(':') is >= 0 and var end ? name[..end] : name).ToString();
    }

    // After the first line of a refused signature stands the whole canonical request, with its session token.
    private static string? FirstLine(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
            return null;
        var line = message.AsSpan().Trim();
        if (line.IndexOfAny('\r', '\n') is > 0 and var end)
            line = line[..end];
        return line[..Math.Min(line.Length, MaxMessageLength)].ToString();
    }
}
