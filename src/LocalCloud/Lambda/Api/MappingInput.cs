using System.Globalization;
using System.Text.Json.Nodes;
using LocalCloud.Http;
using LocalCloud.Lambda.Calls;
using LocalCloud.Lambda.Functions;
using LocalCloud.Lambda.Queues;

namespace LocalCloud.Lambda.Api;

/// <summary>What a request may say of an event-source mapping, with Lambda's own limits.</summary>
internal static class MappingInput
{
    /// <summary>The settings with what the request says in the place of what was.</summary>
    /// <exception cref="ServiceException">A value that Lambda does not take.</exception>
    public static QueueMappingSettings Read(LambdaInput input, QueueMappingSettings before)
    {
        if (before.QueueArn.Split(':') is not [_, _, var service, _, _, { Length: > 0 }])
            throw LambdaError.Constraint("EventSourceArn", before.QueueArn, "Member must be an ARN");
        if (service != "sqs")
            throw LambdaError.InvalidValue($"LocalCloud polls queues only, and {Excerpt.Of(before.QueueArn)} is none.");
        var settings = before with
        {
            BatchSize = input.Number("BatchSize", 1, 10_000) ?? before.BatchSize,
            BatchingWindow = input.Number("MaximumBatchingWindowInSeconds", 0, 300) is { } seconds ? TimeSpan.FromSeconds(seconds) : before.BatchingWindow,
            MaximumConcurrency = input.Structure("ScalingConfig") is { } scaling ? scaling.Number("MaximumConcurrency", 2, 1000) : before.MaximumConcurrency,
            ReportsItemFailures = input.Texts("FunctionResponseTypes") is { } types ? types.All(IsKnown) && types.Count > 0 : before.ReportsItemFailures,
            Filter = input.Structure("FilterCriteria") is { } criteria ? Filter(criteria) : before.Filter,
        };
        if (settings is { IsFifo: true, BatchSize: > 10 })
            throw LambdaError.InvalidValue("Unsupported batch size for FIFO queues. Batch size must be between 1 and 10.");
        if (settings.IsFifo && settings.BatchingWindow > TimeSpan.Zero)
            throw LambdaError.InvalidValue("Batching window is not supported for FIFO queues.");
        return settings.BatchSize > 10 && settings.BatchingWindow == TimeSpan.Zero
            ? throw LambdaError.InvalidValue("Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10")
            : settings;
    }

    /// <summary>The queue must be there, and hide a message for as long as the function may work on it.</summary>
    public static async Task CheckQueueAsync(LambdaCall call, QueueMappingSettings settings, Function function)
    {
        JsonObject answer;
        try
        {
            var url = await new QueueClient(() => call.Lambda.Services, call.Lambda.Services).GetUrlAsync(settings.QueueArn, call.Call.Aborted);
            var input = new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("VisibilityTimeout") };
            answer = await call.Lambda.Services.SqsAsync("GetQueueAttributes", input, call.Call.Aborted);
        }
        catch (ServiceError error) when (error.Code is "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue")
        {
            throw LambdaError.InvalidValue(
                "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.");
        }
        catch (ServiceError error)
        {
            throw LambdaError.InvalidValue($"Error occurred while ReceiveMessage. SQS Error Code: {error.Code}.");
        }
        if (int.TryParse(answer["Attributes"]?["VisibilityTimeout"]?.GetValue<string>(), NumberStyles.None, CultureInfo.InvariantCulture, out var visibility)
            && visibility < function.Configuration.Timeout)
            throw LambdaError.InvalidValue($"Queue visibility timeout: {visibility} seconds is less than Function timeout: {function.Configuration.Timeout} seconds");
    }

    private static bool IsKnown(string type) => type == "ReportBatchItemFailures" ? true
        : throw LambdaError.Constraint("FunctionResponseTypes", type, "Member must satisfy enum value set: [ReportBatchItemFailures]");

    private static EventFilter? Filter(LambdaInput criteria)
    {
        if (criteria.Structures("Filters") is not { Count: > 0 } filters)
            return null;
        try
        {
            return EventFilter.Parse([.. filters.Select(filter => filter.Text("Pattern") ?? "{}")]);
        }
        catch (FormatException e)
        {
            throw LambdaError.InvalidValue($"Invalid filter pattern definition. {e.Message}");
        }
    }
}
