using Amazon.CDK.AWS.CloudWatch;
using Constructs;

namespace Infra.Constructs;

/// <summary>What an outbox's alarms are made from.</summary>
public sealed record OutboxAlarmsProps
{
    /// <summary>The namespace in which the functions put their metrics: their <c>AWS_EMF_NAMESPACE</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>Logical names of topics and queues that messages leave the outbox for.</summary>
    public required IReadOnlyList<string> Destinations { get; init; }
}

/// <summary>What can go wrong with messages that are committed and not yet published. Each destination by itself: one that is away stalls no other.</summary>
public sealed class OutboxAlarms : Construct
{
    private const double OldestSeconds = 300;

    /// <summary>Creates two alarms for each destination.</summary>
    public OutboxAlarms(Construct scope, string id, OutboxAlarmsProps props) : base(scope, id)
    {
        foreach (var destination in props.Destinations)
        {
            Alarms.Above(this, $"{destination}-age", Of("OutboxOldestAge", "Maximum"), OldestSeconds, periods: 3, whatToDo:
                $"Messages for {destination} wait in the outbox for more than {OldestSeconds / 60} minutes: see whether the relay runs, and what its log says of {destination}; a destination that is gone or refuses the functions keeps all its messages until that is mended.");
            Alarms.Above(this, $"{destination}-parked", Of("OutboxParked", "Sum"), 0,
                $"A message for {destination} was parked and holds back the later ones of its key: read its reason in outbox_parked, mend the cause, replay it.");

            Metric Of(string name, string statistic) => new(new MetricProps
            {
                Namespace = props.Namespace,
                MetricName = name,
                DimensionsMap = new Dictionary<string, string> { ["Destination"] = destination },
                Period = Amazon.CDK.Duration.Minutes(1),
                Statistic = statistic,
            });
        }
    }
}
