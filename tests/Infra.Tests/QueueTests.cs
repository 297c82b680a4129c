namespace Infra.Tests;

public sealed class QueueTests(Synthesis synthesis)
{
    [Fact]
    public void Every_queue_that_feeds_a_function_has_a_dead_letter_queue_of_its_own_type()
    {
        foreach (var queue in FeedingQueues())
        {
            var redrive = Assert.NotNull(queue["RedrivePolicy"]);
            Assert.Equal(queue.IsFifo, synthesis.Target(queue, redrive.GetProperty("deadLetterTargetArn")).IsFifo);
        }
    }

    [Fact]
    public void A_queue_gives_up_long_after_the_ten_attempts_of_its_function()
    {
        foreach (var queue in FeedingQueues())
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
        foreach (var queue in FeedingQueues().Where(queue => queue.IsFifo))
            Assert.Equal(("messageGroup", "perMessageGroupId"), (queue.Text("DeduplicationScope"), queue.Text("FifoThroughputLimit")));
    }

    [Fact]
    public void A_queue_outlives_the_line_that_made_it() =>
        Assert.All(synthesis.OfType("AWS::SQS::Queue"), queue => Assert.Equal("RetainExceptOnCreate", queue.Body.GetProperty("DeletionPolicy").GetString()));

    [Fact]
    public void Only_the_reply_queue_feeds_nobody_and_keeps_nothing()
    {
        var others = synthesis.OfType("AWS::SQS::Queue").Except(FeedingQueues()).Except(DeadLetterQueues());

        Assert.Equal(ReplyQueue(), Assert.Single(others));
        Assert.Equal(60, ReplyQueue().Number("MessageRetentionPeriod"));
    }

    [Fact]
    public void Whoever_asks_may_only_receive_replies_and_whoever_answers_may_only_send_them()
    {
        Assert.Equal(["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"], ActionsOnReplies("BookingApi"));
        Assert.Equal(["sqs:SendMessage"], ActionsOnReplies("Availability"));
    }

    private IEnumerable<string> ActionsOnReplies(string function)
    {
        var role = synthesis.Target(synthesis.Function(function), synthesis.Function(function)["Role"]!.Value);
        var policy = Assert.Single(synthesis.OfType("AWS::IAM::Policy"), policy => synthesis.Target(policy, policy["Roles"]!.Value[0]) == role);
        return policy["PolicyDocument"]!.Value.GetProperty("Statement").EnumerateArray()
            .Where(s => s.GetProperty("Resource").GetRawText().Contains(ReplyQueue().Id, StringComparison.Ordinal))
            .SelectMany(s => s.GetProperty("Action") is { ValueKind: System.Text.Json.JsonValueKind.Array } several ? several.EnumerateArray().Select(a => a.GetString()!) : [s.GetProperty("Action").GetString()!])
            .Distinct().Order(StringComparer.Ordinal);
    }

    private Resource ReplyQueue() =>
        Assert.Single(synthesis.OfType("AWS::SQS::Queue"), queue => queue.Id.StartsWith("availabilityreplies", StringComparison.Ordinal));

    private IReadOnlyList<Resource> FeedingQueues() =>
        [.. synthesis.OfType("AWS::Lambda::EventSourceMapping").Select(mapping => synthesis.Target(mapping, mapping["EventSourceArn"]!.Value))];

    private IReadOnlyList<Resource> DeadLetterQueues() => [.. DeadLetterTargets().Distinct()];

    private IEnumerable<Resource> DeadLetterTargets() =>
        from source in synthesis.Resources
        where source["RedrivePolicy"] is not null
        select synthesis.Target(source, source["RedrivePolicy"]!.Value.GetProperty("deadLetterTargetArn"));
}
