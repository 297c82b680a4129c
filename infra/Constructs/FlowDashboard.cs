using Amazon.CDK.AWS.CloudWatch;
using Constructs;

namespace Infra.Constructs;

/// <summary>What a dashboard is made from: everything in the order in which a message meets it.</summary>
public sealed record FlowDashboardProps
{
    /// <summary>The queues and their functions.</summary>
    public required IReadOnlyList<ConsumerQueue> Consumers { get; init; }

    /// <summary>The topics between them.</summary>
    public required IReadOnlyList<EventTopic> Topics { get; init; }

    /// <summary>Functions without a queue: APIs, relays.</summary>
    public required IReadOnlyList<Function> Functions { get; init; }

    /// <summary>The namespace of the functions' own metrics.</summary>
    public required string Namespace { get; init; }

    /// <summary>Logical names of what messages leave the outbox for.</summary>
    public required IReadOnlyList<string> Destinations { get; init; }
}

/// <summary>The flow from left to right: what comes in, what waits, what is announced, what failed.</summary>
public sealed class FlowDashboard : Construct
{
    private const double Third = 8;

    /// <summary>Creates the dashboard; its name is the stack's and its own.</summary>
    public FlowDashboard(Construct scope, string id, FlowDashboardProps props) : base(scope, id)
    {
        var dashboard = new Dashboard(this, "dashboard", new DashboardProps { DefaultInterval = Amazon.CDK.Duration.Hours(3) });
        dashboard.AddWidgets(
            Graph("Calls", [.. props.Functions.Select(f => f.Lambda.MetricInvocations(Named(f.Node.Id)))]),
            Graph("Duration, p99", [.. props.Functions.Select(f => f.Lambda.MetricDuration(Named(f.Node.Id, "p99")))]),
            Graph("Errors and throttles", [.. props.Functions.SelectMany(Trouble)]));
        foreach (var consumer in props.Consumers)
            dashboard.AddWidgets(
                Graph($"{consumer.Node.Id}: waiting", [consumer.Queue.MetricApproximateNumberOfMessagesVisible(Named("waiting", "Maximum")), consumer.Queue.MetricApproximateNumberOfMessagesNotVisible(Named("in work", "Maximum"))]),
                Graph($"{consumer.Node.Id}: age of the oldest, s", [consumer.Queue.MetricApproximateAgeOfOldestMessage(Named("age", "Maximum"))]),
                Graph($"{consumer.Node.Id}: dead letters, errors", [consumer.DeadLetters.Queue.MetricApproximateNumberOfMessagesVisible(Named("dead letters", "Maximum")), .. Trouble(consumer.Function)]));
        dashboard.AddWidgets(
            Graph("Published to topics", [.. props.Topics.Select(t => t.Topic.MetricNumberOfMessagesPublished(Named(t.Node.Id)))]),
            Graph("Not delivered by topics", [.. props.Topics.Select(t => t.Topic.MetricNumberOfNotificationsFailed(Named(t.Node.Id)))]),
            Graph("Oldest in the outbox, s", [.. props.Destinations.Select(d => new Metric(new MetricProps
            {
                Namespace = props.Namespace,
                MetricName = "OutboxOldestAge",
                DimensionsMap = new Dictionary<string, string> { ["Destination"] = d },
                Label = d,
                Period = Amazon.CDK.Duration.Minutes(1),
                Statistic = "Maximum",
            }))]));
    }

    private static Metric[] Trouble(Function function) =>
        [function.Lambda.MetricErrors(Named($"{function.Node.Id} errors")), function.Lambda.MetricThrottles(Named($"{function.Node.Id} throttles"))];

    private static MetricOptions Named(string label, string statistic = "Sum") => new() { Label = label, Period = Amazon.CDK.Duration.Minutes(1), Statistic = statistic };

    private static GraphWidget Graph(string title, Metric[] metrics) => new(new GraphWidgetProps { Title = title, Left = metrics, Width = Third });
}
