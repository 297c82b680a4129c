namespace Infra.Tests;

public sealed class SubscriptionTests(Synthesis synthesis)
{
    [Fact]
    public void Every_subscription_is_raw_and_has_a_dead_letter_queue_of_the_type_of_its_queue()
    {
        foreach (var subscription in synthesis.OfType("AWS::SNS::Subscription"))
        {
            Assert.True(subscription.Flag("RawMessageDelivery"), $"{subscription} wraps messages.");
            var dead = synthesis.Target(subscription, Assert.NotNull(subscription["RedrivePolicy"]).GetProperty("deadLetterTargetArn"));
            Assert.Equal(Queue(subscription).IsFifo, dead.IsFifo);
        }
    }

    [Theory]
    [InlineData("email", "booking.confirmed.v1 booking.rejected.v1 booking.cancelled.v1")]
    [InlineData("partner", "booking.confirmed.v1 booking.cancelled.v1")]
    [InlineData("finance", "booking.confirmed.v1 booking.cancelled.v1")]
    public void A_consumer_hears_only_the_types_that_it_handles(string consumer, string types)
    {
        var subscription = Assert.Single(synthesis.OfType("AWS::SNS::Subscription"),
            subscription => Queue(subscription).Id.StartsWith(consumer, StringComparison.Ordinal));
        var filter = Assert.Single(Assert.NotNull(subscription["FilterPolicy"]).EnumerateObject());

        Assert.Equal("type", filter.Name);
        Assert.Equal(types.Split(' '), filter.Value.EnumerateArray().Select(type => type.GetString()));
    }

    [Fact]
    public void A_subscription_waits_until_its_queue_lets_the_topic_in()
    {
        foreach (var subscription in synthesis.OfType("AWS::SNS::Subscription"))
        {
            var policy = Assert.Single(synthesis.OfType("AWS::SQS::QueuePolicy"),
                policy => synthesis.Target(policy, policy["Queues"]!.Value[0]) == Queue(subscription));
            Assert.Contains(policy.Id, subscription.DependsOn);
        }
    }

    private Resource Queue(Resource subscription) => synthesis.Target(subscription, subscription["Endpoint"]!.Value);
}
