using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Infra.Constructs;
using Function = Infra.Constructs.Function;

namespace Infra.Tests;

public sealed class ConstructTests
{
    private readonly Stack _stack = new(new App(), "Test");
    private readonly MessagingKeys _keys;

    public ConstructTests() => _keys = new MessagingKeys(_stack, "keys");

    [Fact]
    public void A_visibility_timeout_that_shows_messages_in_work_is_refused() => Refused(
        "Queue 'q' has a visibility timeout of 60 s. Use 120 s or more, six times the function's timeout.",
        function => Props(function) with { VisibilityTimeout = Duration.Seconds(60) });

    [Fact]
    public void A_batch_that_a_fifo_queue_cannot_give_is_refused() => Refused(
        "Queue 'q' has a batch size of 100. Use 1 to 10.", function => Props(function) with { BatchSize = 100, Fifo = true });

    [Fact]
    public void A_pace_that_Lambda_cannot_keep_is_refused() => Refused(
        "Queue 'q' has a pace of 1. Use 2 to 1,000 batches at a time.", function => Props(function) with { Pace = 1 });

    [Fact]
    public void So_few_attempts_that_throttling_uses_them_up_are_refused() => Refused(
        "Queue 'q' has a max receive count of 3. Use 5 to 1,000.", function => Props(function) with { MaxReceiveCount = 3 });

    [Fact]
    public void A_standard_topic_cannot_feed_a_fifo_queue()
    {
        var queue = new ConsumerQueue(_stack, "q", Props(NewFunction()) with { Fifo = true });
        var topic = new EventTopic(_stack, "t", new() { Keys = _keys });

        var error = Assert.Throws<ArgumentException>(() => queue.SubscribeTo(topic, new() { ["type"] = new JsonArray("order.placed.v1") }));

        Assert.Equal("Subscription 'Test/q/t' feeds a FIFO queue from a standard topic. Make the topic FIFO, or the queue standard.", error.Message);
    }

    [Fact]
    public void A_subscription_to_anything_at_all_is_refused()
    {
        var queue = new ConsumerQueue(_stack, "q", Props(NewFunction()));
        var topic = new EventTopic(_stack, "t", new() { Keys = _keys });

        var error = Assert.Throws<ArgumentException>(() => queue.SubscribeTo(topic, []));

        Assert.Equal("Subscription 'Test/q/t' filters nothing. Say what its consumer handles: anything else would become a dead letter.", error.Message);
    }

    [Fact]
    public void A_schedule_that_would_overtake_itself_is_refused()
    {
        var props = new FunctionScheduleProps { Function = NewFunction(seconds: 60), Every = Duration.Minutes(1) };

        var error = Assert.Throws<ArgumentException>(() => new FunctionSchedule(_stack, "s", props));

        Assert.Equal("Schedule 's' runs every 60 s a function that may take 60 s. Use a timeout below the period.", error.Message);
    }

    [Fact]
    public void A_route_without_a_method_is_refused()
    {
        var props = new FunctionApiProps { Function = NewFunction(), Routes = ["/bookings"] };

        var error = Assert.Throws<ArgumentException>(() => new FunctionApi(_stack, "a", props));

        Assert.Equal("Route '/bookings' of API 'a' is not a method and a path. Use the form: GET /bookings/{id}.", error.Message);
    }

    private void Refused(string message, Func<Function, ConsumerQueueProps> props) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new ConsumerQueue(_stack, "q", props(NewFunction()))).Message);

    private ConsumerQueueProps Props(Function function) => new() { Function = function, Key = _keys.Queues, Pace = 2 };

    private Function NewFunction(double seconds = 20) =>
        new(_stack, "f", new() { Code = Code.FromAsset(AppContext.BaseDirectory), Timeout = Duration.Seconds(seconds) });
}
