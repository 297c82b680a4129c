using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;

namespace Infra.Constructs;

/// <summary>Alarms that go off above a threshold and are quiet where nothing is measured.</summary>
internal static class Alarms
{
    /// <summary>What a metric is told as: a statistic over some minutes.</summary>
    internal static MetricOptions Each(double minutes, string statistic) => new() { Period = Duration.Minutes(minutes), Statistic = statistic };

    /// <summary>Creates one.</summary>
    /// <param name="scope">What it is about.</param>
    /// <param name="id">The construct's id.</param>
    /// <param name="metric">With its period and statistic.</param>
    /// <param name="threshold">The highest value that is fine.</param>
    /// <param name="whatToDo">For the person who is called at night: what it means, and the first thing to do.</param>
    /// <param name="periods">So many periods must be above it, one after the other.</param>
    internal static Alarm Above(Construct scope, string id, Metric metric, double threshold, string whatToDo, double periods = 1) => new(scope, id, new AlarmProps
    {
        AlarmDescription = whatToDo,
        ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
        EvaluationPeriods = periods,
        Metric = metric,
        Threshold = threshold,
        TreatMissingData = TreatMissingData.NOT_BREACHING,
    });
}
