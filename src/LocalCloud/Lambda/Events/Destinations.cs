using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;
using LocalCloud.Lambda.Functions;
using LocalCloud.Lambda.Queues;
using LocalCloud.Lambda.Runtime;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Lambda.Events;

/// <summary>Brings outcomes of asynchronous invocations to queues, topics and functions: to the first two through their public API.</summary>
internal sealed class Destinations(Func<ServiceClient> services, Func<string, Function?> find, TimeProvider time, ILogger logger)
{
    /// <summary>Lambda cuts the error message of a dead letter here.</summary>
    private const int MaximumMessage = 1024;

    public async Task ReportAsync(Function function, EventOutcome outcome, CancellationToken cancellationToken)
    {
        var failed = outcome.Result.Error is not null;
        var destination = failed ? function.EventInvoke?.OnFailure : function.EventInvoke?.OnSuccess;
        if (destination is not null)
            await SendAsync(function, destination, outcome, outcome.Record(function, time.GetUtcNow()), [], cancellationToken);
        if (failed && function.Configuration.DeadLetterTarget is { } target)
            await SendAsync(function, target, outcome, outcome.Payload, Explanation(outcome), cancellationToken);
        else if (failed && destination is null)
            EventLog.Lost(logger, function.Name, outcome.RequestId, outcome.Condition);
    }

    private static (string Name, string Type, string Value)[] Explanation(EventOutcome outcome)
    {
        var message = outcome.Result.Error ?? "";
        return
        [
            ("RequestID", "String", outcome.RequestId),
            ("ErrorCode", "Number", LambdaFailure.IsThrottled(outcome.Result) ? "429" : "200"),
            ("ErrorMessage", "String", message[..Math.Min(message.Length, MaximumMessage)]),
        ];
    }

    private async Task SendAsync(
        Function function, string arn, EventOutcome outcome, ReadOnlyMemory<byte> body, (string Name, string Type, string Value)[] attributes, CancellationToken cancellationToken)
    {
        try
        {
            var text = Encoding.UTF8.GetString(body.Span);
            switch (arn.Split(':'))
            {
                case [_, _, "sqs", ..]:
                    await EnqueueAsync(arn, text, attributes, cancellationToken);
                    break;
                case [_, _, "sns", ..]:
                    await PublishAsync(arn, text, attributes, cancellationToken);
                    break;
                case [_, _, "lambda", ..] when find(arn) is { Runnable: not null } other:
                    _ = other.Events.TryAccept("lambda", body, InvocationDetails.None) ?? throw new ServiceError(LambdaFailure.ThrottlingError, "Rate Exceeded.");
                    break;
                default:
                    throw new ServiceError("ResourceNotFoundException", "it is no queue, no topic and no function that is run here");
            }
        }
        catch (ServiceError error)
        {
            EventLog.NotReported(logger, function.Name, outcome.RequestId, arn, error.Message);
        }
    }

    private async Task EnqueueAsync(string arn, string text, (string Name, string Type, string Value)[] attributes, CancellationToken cancellationToken)
    {
        var input = new JsonObject
        {
            ["QueueUrl"] = await new QueueClient(services, services()).GetUrlAsync(arn, cancellationToken),
            ["MessageBody"] = text,
        };
        if (attributes.Length > 0)
        {
            input["MessageAttributes"] = new JsonObject(attributes.Select(attribute => KeyValuePair.Create(
                attribute.Name, (JsonNode?)new JsonObject { ["DataType"] = attribute.Type, ["StringValue"] = attribute.Value })));
        }
        await services().SqsAsync("SendMessage", input, cancellationToken);
    }

    private async Task PublishAsync(string arn, string text, (string Name, string Type, string Value)[] attributes, CancellationToken cancellationToken)
    {
        var parameters = attributes.SelectMany((attribute, index) => new[]
        {
            ($"MessageAttributes.entry.{index + 1}.Name", attribute.Name),
            ($"MessageAttributes.entry.{index + 1}.Value.DataType", attribute.Type),
            ($"MessageAttributes.entry.{index + 1}.Value.StringValue", attribute.Value),
        });
        await services().SnsAsync("Publish", [("TopicArn", arn), ("Message", text), .. parameters], cancellationToken);
    }
}
