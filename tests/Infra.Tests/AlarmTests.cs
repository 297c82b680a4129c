namespace Infra.Tests;

public sealed class AlarmTests(Synthesis synthesis)
{
    private IReadOnlyList<Resource> Alarms => synthesis.OfType("AWS::CloudWatch::Alarm");

    [Fact]
    public void Every_alarm_says_what_to_do_and_tells_the_alarm_topic_when_it_goes_off_and_when_it_is_over()
    {
        var topic = Assert.Single(synthesis.OfType("AWS::SNS::Topic"), topic => topic.Id.StartsWith("alarms", StringComparison.Ordinal));
        foreach (var alarm in Alarms)
        {
            Assert.Matches("[:;] .+\\.$", alarm.Text("AlarmDescription"));
            Assert.Contains(topic.Id, alarm["AlarmActions"]!.Value.GetRawText(), StringComparison.Ordinal);
            Assert.Contains(topic.Id, alarm["OKActions"]!.Value.GetRawText(), StringComparison.Ordinal);
            Assert.Equal("notBreaching", alarm.Text("TreatMissingData"));
        }
    }

    [Fact]
    public void The_alarm_topic_is_encrypted_and_only_alarms_of_this_account_publish_to_it()
    {
        var topic = Assert.Single(synthesis.OfType("AWS::SNS::Topic"), topic => topic.Id.StartsWith("alarms", StringComparison.Ordinal));
        var policy = Assert.Single(synthesis.OfType("AWS::SNS::TopicPolicy"), policy => synthesis.Target(policy, policy["Topics"]!.Value[0]) == topic);

        Assert.NotNull(topic["KmsMasterKeyId"]);
        var grant = Assert.Single(policy["PolicyDocument"]!.Value.GetProperty("Statement").EnumerateArray(), s => s.GetProperty("Effect").GetString() == "Allow");
        Assert.Equal("cloudwatch.amazonaws.com", grant.GetProperty("Principal").GetProperty("Service").GetString());
        Assert.Equal("AWS::AccountId", grant.GetProperty("Condition").GetProperty("StringEquals").GetProperty("aws:SourceAccount").GetProperty("Ref").GetString());
    }

    [Fact]
    public void An_address_gets_a_mail_for_each_alarm()
    {
        using var mailed = new Synthesis(("alarmMail", "oncall@example.com"));

        var subscription = Assert.Single(mailed.OfType("AWS::SNS::Subscription"), subscription => subscription.Text("Protocol") == "email");
        Assert.Equal("oncall@example.com", subscription.Text("Endpoint"));
    }

    [Fact]
    public void Each_queue_that_feeds_a_function_has_an_alarm_for_a_message_that_waits_longer_than_promised()
    {
        foreach (var mapping in synthesis.OfType("AWS::Lambda::EventSourceMapping"))
        {
            var queue = synthesis.Target(mapping, mapping["EventSourceArn"]!.Value);
            Assert.Single(Alarms, alarm => alarm.Text("MetricName") == "ApproximateAgeOfOldestMessage" && synthesis.Target(alarm, alarm["Dimensions"]!.Value[0].GetProperty("Value")) == queue);
        }
    }

    [Theory]
    [InlineData("Errors")]
    [InlineData("Throttles")]
    public void Each_function_has_an_alarm_for(string metric)
    {
        foreach (var function in synthesis.OfType("AWS::Lambda::Function"))
            Assert.Single(Alarms, alarm => alarm.Text("MetricName") == metric && synthesis.Target(alarm, alarm["Dimensions"]!.Value[0].GetProperty("Value")) == function);
    }

    [Theory]
    [InlineData("OutboxOldestAge")]
    [InlineData("OutboxParked")]
    public void Each_destination_that_a_function_publishes_to_has_an_alarm_for(string metric)
    {
        var destinations = synthesis.Function("OutboxRelay")["Environment"]!.Value.GetProperty("Variables").EnumerateObject()
            .Where(variable => variable.Name.StartsWith("DESTINATION_", StringComparison.Ordinal))
            .Select(variable => variable.Name["DESTINATION_".Length..].ToLowerInvariant().Replace('_', '-'));
        var watched = Alarms.Where(alarm => alarm.Text("MetricName") == metric).ToList();

        Assert.Equal(destinations.Order(StringComparer.Ordinal), watched.Select(alarm => alarm["Dimensions"]!.Value[0].GetProperty("Value").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(watched, alarm => Assert.Equal("Messaging/Bookings-Flow", alarm.Text("Namespace")));
    }

    [Fact]
    public void Each_topic_of_events_has_an_alarm_for_messages_that_are_lost() =>
        Assert.Equal(2, Alarms.Count(alarm => alarm.Text("MetricName") == "NumberOfNotificationsFailedToRedriveToDlq"));

    [Fact]
    public void The_dashboard_shows_every_queue_topic_and_function()
    {
        var body = Assert.Single(synthesis.OfType("AWS::CloudWatch::Dashboard"))["DashboardBody"]!.Value.GetRawText();

        foreach (var title in new[] { "booking-commands: waiting", "email: age of the oldest", "partner: dead letters", "finance: waiting", "Published to topics", "Oldest in the outbox", "OutboxRelay errors" })
            Assert.Contains(title, body, StringComparison.Ordinal);
    }
}
