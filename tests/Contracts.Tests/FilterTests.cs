namespace Contracts.Tests;

public sealed class FilterTests
{
    private static readonly Filter Orders = Filter.Of(Order.Placed);

    /// <summary>A filter, and the ids of the orders of <see cref="Given"/> that it lets through.</summary>
    public static TheoryData<string, string> Judgements { get; } = new()
    {
        { "any of two shops", "north-9 south-20" },
        { "any of two amounts", "north-9 east-0.5" },
        { "anything but a shop", "south-20 east-0.5 north-sea-1000" },
        { "a prefix", "north-9 north-sea-1000" },
        { "at least 20", "south-20 north-sea-1000" },
        { "at most 9", "north-9 east-0.5" },
        { "between 0.5 and 20", "north-9 south-20 east-0.5" },
        { "a shop at all", "north-9 south-20 east-0.5 north-sea-1000" },
        { "no shop", "bare" },
        { "one shop or none", "south-20 bare" },
        { "a prefix and an amount", "north-9" },
    };

    private static (Order Order, string Id)[] Given =>
    [
        (new("1", "north", 9), "north-9"), (new("2", "south", 20), "south-20"), (new("3", "east", 0.5m), "east-0.5"), (new("4", "north-sea", 1000), "north-sea-1000"), (new("5"), "bare"),
    ];

    [Theory]
    [MemberData(nameof(Judgements))]
    public async Task A_condition_lets_through_what_it_says(string filter, string delivered)
    {
        await using var topic = await FilteredTopic.CreateAsync(filter switch
        {
            "any of two shops" => Orders.Where("shop", Condition.AnyOf("north", "south")),
            "any of two amounts" => Orders.Where("amount", Condition.AnyOf(9, 0.5m)),
            "anything but a shop" => Orders.Where("shop", Condition.AnythingBut("north")),
            "a prefix" => Orders.Where("shop", Condition.Prefix("north")),
            "at least 20" => Orders.Where("amount", Condition.AtLeast(20)),
            "at most 9" => Orders.Where("amount", Condition.AtMost(9)),
            "between 0.5 and 20" => Orders.Where("amount", Condition.Between(0.5m, 20)),
            "a shop at all" => Orders.Where("shop", Condition.Exists),
            "no shop" => Orders.Where("shop", Condition.Missing),
            "one shop or none" => Orders.Where("shop", Condition.AnyOf("south"), Condition.Missing),
            _ => Orders.Where("shop", Condition.Prefix("north")).Where("amount", Condition.AtMost(9)),
        });

        Assert.Equal(delivered.Split(' '), await topic.PassAsync([.. Given.Select(g => Samples.Of(Order.Placed, g.Order, g.Id)), Samples.Of(Order.Paid, new("6", "north", 9), "paid")]));
    }

    [Fact]
    public async Task A_consumer_can_hear_of_some_hotels_only()
    {
        await using var topic = await FilteredTopic.CreateAsync(Filter.Of(Messages.BookingConfirmed).Where("hotel", Condition.Prefix("alpine-")));

        Assert.Equal(["in-the-alps"], await topic.PassAsync(
            Samples.Of(Messages.BookingConfirmed, Samples.Confirmed, "by-the-sea"),
            Samples.Of(Messages.BookingConfirmed, Samples.Confirmed with { HotelId = "alpine-1" }, "in-the-alps"),
            Samples.Of(Messages.BookingCancelled, Samples.Cancelled with { HotelId = "alpine-1" }, "given-up")));
    }

    [Fact]
    public void An_attribute_that_a_contract_lacks_is_refused() => Refused(
        "order.paid.v1 has no attribute 'shop' to filter on. It has: amount.",
        () => Filter.Of(Order.Placed, Order.Paid).Where("shop", Condition.Exists));

    [Fact]
    public void Numbers_are_not_compared_with_text() => Refused(
        "The attribute 'shop' of order.placed.v1 is a text. Use a condition for those.", () => Orders.Where("shop", Condition.AtLeast(1)));

    [Fact]
    public void Text_is_not_compared_with_numbers() => Refused(
        "The attribute 'amount' of order.placed.v1 is a number. Use a condition for those.", () => Orders.Where("amount", Condition.Exists, Condition.Prefix("1")));

    [Fact]
    public void A_second_condition_on_an_attribute_does_not_replace_the_first() => Refused(
        "The filter of order.placed.v1 asks for 'shop' twice. Give both conditions in one call: one of them is enough then.",
        () => Orders.Where("shop", Condition.Exists).Where("shop", Condition.Prefix("n")));

    [Fact]
    public void More_combinations_than_SNS_takes_are_refused() => Refused(
        "The filter of order.placed.v1, order.paid.v1 has 152 combinations of values; SNS takes 150.",
        () => Filter.Of(Order.Placed, Order.Paid).Where("amount", Condition.AnyOf([.. Enumerable.Range(0, 76).Select(i => (decimal)i)])));

    [Fact]
    public void More_attributes_than_SNS_takes_are_refused()
    {
        var contract = Order.Placed with { Attributes = [.. Enumerable.Range(0, 5).Select(i => new AttributeOf<Order>($"a{i}", m => m.Shop))] };

        Refused(
            "The filter of order.placed.v1 asks for 6 attributes with the type; SNS takes 5.",
            () => Enumerable.Range(0, 5).Aggregate(Filter.Of(contract), (filter, i) => filter.Where($"a{i}", Condition.Exists)));
    }

    [Fact]
    public void A_number_that_SNS_would_round_is_refused() => Refused(
        "SNS cannot compare with 0.000001: it takes five decimals, and up to 1000000000 either way.", () => Condition.AtMost(0.000001m));

    [Fact]
    public void What_could_never_let_anything_through_is_refused()
    {
        Refused("A filter of no contract lets nothing through. Name one at least.", () => Filter.Of());
        Refused("The filter names order.placed.v1 twice. Keep one.", () => Filter.Of(Order.Placed, Order.Placed));
        Refused("The filter of order.placed.v1 asks nothing of 'shop'. Name a condition.", () => Orders.Where("shop"));
        Refused("A condition with no value lets nothing through. Name one at least.", () => Condition.AnythingBut());
        Refused("A text of 0 characters matches no attribute: those have 1 to 256.", () => Condition.Prefix(""));
        Refused("No number is 2 or more and 1 or less. Name the lowest first.", () => Condition.Between(2, 1));
    }

    private static void Refused(string message, Func<object> filter) => Assert.StartsWith(message, Assert.Throws<ArgumentException>(filter).Message, StringComparison.Ordinal);
}
