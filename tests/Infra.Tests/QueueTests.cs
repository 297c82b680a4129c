namespace Infra.Tests;

public sealed class QueueTests(Synthesis synthesis)
{
    [Fact]
    public void Every_queue_has_a_dead_letter_queue_of_its_own_type_or_is_one()
    {
        var dead = DeadLetterQueues();
        foreach (var queue in synthesis.OfType("AWS::SQS::Queue").Except(dead))
        {
            var redrive = Assert.NotNull(queue["RedrivePolicy"]);
            Assert.Equal(queue.IsFifo, synthesis.Target(queue, redrive.GetProperty("deadLetterTargetArn")).IsFifo);
        }
    }

    [Fact]
    public void A_queue_gives_up_long_after_the_ten_attempts_of_its_function()
    {
        foreach (var queue in synthesis.OfType("AWS::SQS::Queue").Except(DeadLetterQueues()))
            Assert.Equal(100, Assert.NotNull(queue["RedrivePolicy"]).GetProperty("maxReceiveCount").GetInt32());
    }

    [Fact]
    public void A_dead_letter_queue_serves_one_source_and_keeps_its_messages_for_14_days()
    {
        var targets = DeadLetterTargets().ToList();

        Assert.Equal(targets.Count, targets.Distinct().Count());
        Assert.All(targets, queue => Assert.Equal(TimeSpan.FromDays(14).TotalSeconds, queue.Number("MessageRetentionPeriod")));
    }

    [Fact]
    public void Every_dead_letter_queue_raises_an_alarm_while_it_holds_a_message()
    {
        foreach (var queue in DeadLetterQueues())
        {
            var alarm = Assert.Single(synthesis.OfType("AWS::CloudWatch::Alarm"), alarm => alarm.Text("Namespace") == "AWS/SQS"
                && synthesis.Target(alarm, alarm["Dimensions"]!.Value[0].GetProperty("Value")) == queue);
            Assert.Equal("ApproximateNumberOfMessagesVisible", alarm.Text("MetricName"));
            Assert.Equal(("GreaterThanThreshold", 0), (alarm.Text("ComparisonOperator"), alarm.Number("Threshold")));
            Assert.Equal("notBreaching", alarm.Text("TreatMissingData"));
        }
    }

    [Fact]
    public void Every_mapping_reports_failures_one_by_one_and_has_a_pace()
    {
        foreach (var mapping in synthesis.OfType("AWS::Lambda::EventSourceMapping"))
        {
            Assert.Equal("ReportBatchItemFailures", Assert.NotNull(mapping["FunctionResponseTypes"])[0].GetString());
            Assert.InRange(Assert.NotNull(mapping["ScalingConfig"]).GetProperty("MaximumConcurrency").GetInt32(), 2, 1000);
            Assert.Equal(10, mapping.Number("BatchSize"));
        }
    }

    [Fact]
    public void A_message_stays_invisible_for_six_times_as_long_as_its_function_may_take()
    {
        foreach (var mapping in synthesis.OfType("AWS::Lambda::EventSourceMapping"))
        {
            var queue = synthesis.Target(mapping, mapping["EventSourceArn"]!.Value);
            var function = synthesis.Target(mapping, mapping["FunctionName"]!.Value);
            Assert.True(queue.Number("VisibilityTimeout") >= 6 * function.Number("Timeout"), $"{queue} shows messages that {function} still has.");
        }
    }

    [Fact]
    public void Every_fifo_queue_that_feeds_a_function_is_in_high_throughput_mode()
    {
        foreach (var queue in synthesis.OfType("AWS::SQS::Queue").Except(DeadLetterQueues()).Where(queue => queue.IsFifo))
            Assert.Equal(("messageGroup", "perMessageGroupId"), (queue.Text("DeduplicationScope"), queue.Text("FifoThroughputLimit")));
    }

    [Fact]
    public void A_queue_outlives_the_line_that_made_it() =>
        Assert.All(synthesis.OfType("AWS::SQS::Queue"), queue => Assert.Equal("RetainExceptOnCreate", queue.Body.GetProperty("DeletionPolicy").GetString()));

    private IReadOnlyList<Resource> DeadLetterQueues() => [.. DeadLetterTargets().Distinct()];

    private IEnumerable<Resource> DeadLetterTargets() =>
        from source in synthesis.Resources
        where source["RedrivePolicy"] is not null
        select synthesis.Target(source, source["RedrivePolicy"]!.Value.GetProperty("deadLetterTargetArn"));
}
