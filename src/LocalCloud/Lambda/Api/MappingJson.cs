using System.Text.Json.Nodes;
using LocalCloud.Lambda.Queues;

namespace LocalCloud.Lambda.Api;

/// <summary>An event-source mapping as Lambda answers it.</summary>
internal static class MappingJson
{
    public static JsonObject Of(EventSourceMapping mapping) => Of(mapping, mapping.IsEnabled ? "Enabled" : "Disabled");

    /// <param name="mapping">What to describe.</param>
    /// <param name="state">What it is about to become, as in <c>Creating</c>.</param>
    public static JsonObject Of(EventSourceMapping mapping, string state)
    {
        var settings = mapping.Settings;
        var json = new JsonObject
        {
            ["UUID"] = mapping.Id.ToString(),
            ["BatchSize"] = settings.BatchSize,
            ["MaximumBatchingWindowInSeconds"] = (int)settings.BatchingWindow.TotalSeconds,
            ["EventSourceArn"] = settings.QueueArn,
            ["FunctionArn"] = mapping.Function.Arn,
            ["LastModified"] = mapping.LastModified.ToUnixTimeMilliseconds() / 1000.0,
            ["State"] = state,
            ["StateTransitionReason"] = "USER_INITIATED",
            ["FunctionResponseTypes"] = settings.ReportsItemFailures ? new JsonArray("ReportBatchItemFailures") : [],
            ["EventSourceMappingArn"] = mapping.Arn,
        };
        if (settings.MaximumConcurrency is { } concurrency)
            json["ScalingConfig"] = new JsonObject { ["MaximumConcurrency"] = concurrency };
        if (settings.Filter is { } filter)
            json["FilterCriteria"] = new JsonObject { ["Filters"] = new JsonArray([.. filter.Texts.Select(text => new JsonObject { ["Pattern"] = text })]) };
        return json;
    }
}
