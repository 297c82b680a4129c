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
        var function = context.Function(context.Required("FunctionName"));
        var id = Guid.NewGuid().ToString();
        var created = Created.With(id, ("Id", id), ("EventSourceMappingArn", context.Site.Names.Arn("lambda", $"event-source-mapping:{id}")));
        if (context.Text("Enabled") is "false" or "False")
            return created;
        var settings = Read(context, function.Settings.ReservedConcurrency);
        var role = context.Site.FunctionRoles.GetValueOrDefault(function.Settings.Arn);
        if (role is not null && await context.Site.Roles.FirstRefusedAsync(role.Arn, settings.QueueArn, Needed, cancellationToken) is { } refused)
            throw context.Wrong($"was refused: The provided execution role does not have permissions to call {refused["sqs:".Length..]} on SQS. Allow {refused} on {settings.QueueArn} to role {role.Arn}, and let the mapping or its function depend on that policy");
        context.Site.Mappings.Add(new QueueMapping(settings, function, new QueueClient(role?.Services ?? context.Site.Services, context.Site.Services), context.Site.Logger));
        return created;
    }

    private static QueueMappingSettings Read(ResourceContext context, int? reserved)
    {
        var arn = context.Required("EventSourceArn");
        if (arn.Split(':') is not [_, _, "sqs", ..])
            throw context.Wrong($"has the source '{arn}'. Only queues are sources here");
        if (context.Properties["FilterCriteria"] is not null)
            throw context.Wrong("has FilterCriteria, which are not known here. Filter at the subscription, where a message that nobody wants costs nothing");
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
            Concurrency = Concurrency(context, reserved),
            ReportsItemFailures = (context.Properties["FunctionResponseTypes"] as JsonArray ?? []).Any(type => type?.GetValue<string>() == "ReportBatchItemFailures"),
        };
    }

    private static int Concurrency(ResourceContext context, int? reserved)
    {
        if (context.Properties["ScalingConfig"]?["MaximumConcurrency"] is not { } node)
            return Math.Max(1, Math.Min(5, reserved ?? 5));
        return int.TryParse(Text.Of(node), out var concurrency) && concurrency is >= 2 and <= 1000
            ? concurrency
            : throw context.Wrong($"has a MaximumConcurrency of {Text.Of(node)}. Choose one from 2 to 1000");
    }
}
