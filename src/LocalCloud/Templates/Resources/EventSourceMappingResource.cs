using System.Text.Json.Nodes;
using LocalCloud.Lambda.Queues;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>An event-source mapping of a queue, with Lambda's own limits.</summary>
internal static class EventSourceMappingResource
{
    public static Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var function = context.Registered(context.Required("FunctionName"));
        var id = Guid.NewGuid();
        var created = Task.FromResult(Created.With($"{id}", ("Id", $"{id}"), ("EventSourceMappingArn", context.Site.Names.Arn("lambda", $"event-source-mapping:{id}"))));
        var enabled = context.Text("Enabled") is not ("false" or "False");
        context.Site.Add(new EventSourceMapping(function, Read(context, function.ReservedConcurrency), enabled, new QueueClient(context.Site.Services), context.Site.Logger)
        {
            Id = id,
            LastModified = context.Site.Options.Time.GetUtcNow(),
        });
        return created;
    }

    private static QueueMappingSettings Read(ResourceContext context, int? reserved)
    {
        var arn = context.Required("EventSourceArn");
        if (arn.Split(':') is not [_, _, "sqs", ..])
            throw context.Wrong($"has the source '{arn}'. Only queues are sources here");
        var batchSize = context.Number("BatchSize") ?? 10;
        var window = context.Number("MaximumBatchingWindowInSeconds") ?? 0;
        var isFifo = arn.EndsWith(".fifo", StringComparison.Ordinal);
        if (batchSize < 1 || batchSize > (isFifo ? 10 : 10_000))
            throw context.Wrong($"has a BatchSize of {batchSize}. Choose one from 1 to {(isFifo ? "10, for a FIFO queue" : "10000")}");
        if (window is < 0 or > 300 || (isFifo && window > 0))
            throw context.Wrong($"has a MaximumBatchingWindowInSeconds of {window}. Choose {(isFifo ? "none for a FIFO queue" : "one from 0 to 300")}");
        if (batchSize > 10 && window == 0)
        {
            throw context.Wrong(
                $"has a BatchSize of {batchSize} without a MaximumBatchingWindowInSeconds. Choose a window of at least 1, or a batch of at most 10");
        }
        return new QueueMappingSettings
        {
            QueueArn = arn,
            BatchSize = batchSize,
            BatchingWindow = TimeSpan.FromSeconds(window),
            MaximumConcurrency = Concurrency(context),
            ReservedConcurrency = reserved,
            Filter = Filter(context),
            ReportsItemFailures = (context.Properties["FunctionResponseTypes"] as JsonArray ?? []).Any(type => type?.GetValue<string>() == "ReportBatchItemFailures"),
        };
    }

    private static EventFilter? Filter(ResourceContext context)
    {
        if (context.Properties["FilterCriteria"]?["Filters"] is not JsonArray { Count: > 0 } filters)
            return null;
        try
        {
            return EventFilter.Parse([.. filters.Select(filter => filter?["Pattern"] is { } pattern ? Text.Of(pattern) : "{}")]);
        }
        catch (FormatException e)
        {
            throw context.Wrong($"has FilterCriteria that Lambda would not take: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static int? Concurrency(ResourceContext context)
    {
        if (context.Properties["ScalingConfig"]?["MaximumConcurrency"] is not { } node)
            return null;
        return int.TryParse(Text.Of(node), out var concurrency) && concurrency is >= 2 and <= 1000
            ? concurrency
            : throw context.Wrong($"has a MaximumConcurrency of {Text.Of(node)}. Choose one from 2 to 1000");
    }
}
