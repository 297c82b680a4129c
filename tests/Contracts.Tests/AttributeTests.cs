using Messaging.Publishing;

namespace Contracts.Tests;

public sealed class AttributeTests
{
    [Fact]
    public void A_message_carries_what_its_contract_names_for_filters_as_text_or_number() => Assert.Equal(
        [new("shop", "north"), new("amount", "12.50", IsNumber: true)],
        Samples.Of(Order.Placed, new("1", "north", 12.50m)).Attributes);

    [Fact]
    public void An_event_of_a_booking_tells_its_hotel() =>
        Assert.All([Samples.Of("booking.confirmed.v1"), Samples.Of("booking.rejected.v1"), Samples.Of("booking.cancelled.v1")],
            m => Assert.Equal([new AttributeValue("hotel", "hotel-1")], m.Attributes));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_message_goes_without_an_attribute_that_has_no_value(string? shop) =>
        Assert.Empty(Samples.Of(Order.Placed, new("1", shop)).Attributes);

    [Fact]
    public void A_contract_with_more_attributes_than_every_queue_takes_is_refused() => Refused(
        "The contract order.placed.v1 has 9 attributes. Keep 8: with the type, more would not reach every queue.",
        [.. Enumerable.Range(0, 9).Select(i => new AttributeOf<Order>($"a{i}", m => m.Shop))]);

    [Fact]
    public void A_contract_with_two_attributes_of_one_name_is_refused() => Refused(
        "The contract order.placed.v1 has the attribute 'shop' twice. 'type' is taken.", [new("shop", m => m.Shop), new("shop", m => m.Amount)]);

    [Fact]
    public void A_contract_cannot_give_the_type_a_second_meaning() => Refused(
        "The contract order.placed.v1 has the attribute 'type' twice. 'type' is taken.", [new("type", m => m.Shop)]);

    private static void Refused(string message, IReadOnlyList<AttributeOf<Order>> attributes) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Order.Placed with { Attributes = attributes }).Message, StringComparison.Ordinal);
}
