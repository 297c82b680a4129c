using System.Reflection;

namespace Contracts.Tests;

/// <summary>Each subscription's filter, held against sample events by SNS itself. The stack's tests hold that it renders these very filters.</summary>
public sealed class SubscriptionTests
{
    /// <summary>Consumer, type of the event, and whether the consumer gets it.</summary>
    public static TheoryData<string, string, bool> Judgements { get; } = new()
    {
        { "email", "booking.confirmed.v1", true },
        { "email", "booking.rejected.v1", true },
        { "email", "booking.cancelled.v1", true },
        { "partner", "booking.confirmed.v1", true },
        { "partner", "booking.rejected.v1", false },
        { "partner", "booking.cancelled.v1", true },
        { "finance", "booking.confirmed.v1", true },
        { "finance", "booking.cancelled.v1", true },
    };

    [Theory]
    [MemberData(nameof(Judgements))]
    public async Task A_subscription_lets_through_what_its_consumer_handles_and_nothing_else(string consumer, string type, bool isDelivered)
    {
        await using var topic = await FilteredTopic.CreateAsync(Subscriptions.All.Single(s => s.Consumer == consumer).Filter);

        Assert.Equal(isDelivered, (await topic.PassAsync(Samples.Of(type))).Count == 1);
    }

    [Fact]
    public void Every_subscription_is_judged_with_every_contract_that_is_sent_to_its_topic()
    {
        var pairs = from subscription in Subscriptions.All
                    from contract in Messages.All
                    where contract.Destinations.Contains(subscription.Topic)
                    select (subscription.Consumer, contract.Type);

        Assert.Equal(pairs.Order(), Judgements.Select(j => (j.Data.Item1, j.Data.Item2)).Order());
    }

    [Fact]
    public void The_list_of_all_subscriptions_lacks_none_that_is_declared() => Assert.Equal(
        typeof(Subscriptions).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(p => p.GetValue(null)).OfType<Subscription>().Select(s => s.Consumer).Order(),
        Subscriptions.All.Select(s => s.Consumer).Order());

    [Fact]
    public void A_subscription_that_waits_for_what_is_not_sent_to_its_topic_is_refused() => Assert.StartsWith(
        "finance waits on booking-ledger for booking.rejected.v1, which is sent to booking-events. Add booking-ledger to its destinations, or subscribe to another topic.",
        Assert.Throws<ArgumentException>(() => new Subscription("finance", Destinations.BookingLedger, Filter.Of(Messages.BookingConfirmed, Messages.BookingRejected))).Message,
        StringComparison.Ordinal);
}
