using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.Assertions;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Contracts;
using Infra.Constructs;

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

    [Fact]
    public void The_stack_has_the_subscriptions_that_are_declared_beside_the_contracts_and_filters_as_they_say()
    {
        var rendered = synthesis.OfType("AWS::SNS::Subscription").ToDictionary(
            subscription => (Consumer: subscription.Path[0], Topic: subscription.Path[1]),
            subscription => JsonNode.Parse(Assert.NotNull(subscription["FilterPolicy"]).GetRawText()));

        Assert.Equal(Subscriptions.All.Select(s => (s.Consumer, s.Topic)).Order(), rendered.Keys.Order());
        foreach (var subscription in Subscriptions.All)
        {
            var policy = rendered[(subscription.Consumer, subscription.Topic)];
            Assert.True(JsonNode.DeepEquals(subscription.Filter.ToPolicy(), policy), $"{subscription.Consumer} filters {policy}.");
        }
    }

    [Fact]
    public void Every_kind_of_condition_is_rendered_as_it_was_written()
    {
        var stack = new Stack(new App(), "Test");
        _ = new TopicSubscription(stack, "s", new()
        {
            FilterPolicy = JsonNode.Parse(
                """{"type":["order.placed.v1"],"shop":["a",{"prefix":"b"},{"anything-but":["c","d"]},{"exists":false}],"amount":[{"numeric":[">=",-1.5,"<=",1000000]}]}""")!.AsObject(),
            Key = new Key(stack, "key"),
            Queue = new Queue(stack, "queue"),
            Topic = new Topic(stack, "topic"),
        });

        Template.FromStack(stack).HasResourceProperties("AWS::SNS::Subscription", new Dictionary<string, object>
        {
            ["FilterPolicy"] = new Dictionary<string, object>
            {
                ["type"] = new object[] { "order.placed.v1" },
                ["shop"] = new object[] { "a", One("prefix", "b"), One("anything-but", new object[] { "c", "d" }), One("exists", false) },
                ["amount"] = new object[] { One("numeric", new object[] { ">=", -1.5, "<=", 1_000_000 }) },
            },
        });

        static Dictionary<string, object> One(string name, object value) => new() { [name] = value };
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
