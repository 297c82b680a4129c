using System.Text.Json.Nodes;
using LocalCloud.Lambda.Queues;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>An event-source mapping of a queue, with Lambda's own limits.</summary>
internal static class EventSourceMappingResource
{
    private static readonly string[] Needed = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var function = context.Registered(context.Required("FunctionName"));
        var id = Guid.NewGuid();
        var created = Created.With($"{id}", ("Id", $"{id}"), ("EventSourceMappingArn", context.Site.Names.Arn("lambda", $"event-source-mapping:{id}")));
        var enabled = context.Text("Enabled") is not ("false" or "False");
        var settings = Read(context, function.ReservedConcurrency);
        var role = context.Site.FunctionRoles.GetValueOrDefault(function.Arn);
        if (role is not null && await context.Site.Roles.FirstRefusedAsync(role.Arn, settings.QueueArn, Needed, cancellationToken) is { } refused)
            throw context.Wrong($"was refused: The provided execution role does not have permissions to call {refused["sqs:".Length..]} on SQS. Allow {refused} on {settings.QueueArn} to role {role.Arn}, and let the mapping or its function depend on that policy");
        var queue = new QueueClient(() => role?.Services ?? context.Site.Services, context.Site.Services);
        context.Site.Add(new EventSourceMapping(function, settings, enabled, queue, context.Site.Logger)
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
