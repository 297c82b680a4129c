using Messaging.Publishing;

namespace Messaging.Tests;

/// <summary>What an answer to a call of several messages means for each of them.</summary>
public sealed class PublishAnswerTests
{
    private static readonly List<Outbound> Batch = [.. Enumerable.Range(0, 3).Select(i => new Outbound($"m{i}", "greeting.sent.v1", $"k{i}", "{}"))];

    [Fact]
    public void Failed_entries_are_told_apart_by_whose_fault_it_is()
    {
        var failures = Publisher.Failures(Batch, ["1"], [("0", "InternalError", "oops", false), ("2", "InvalidMessageContents", "U+0001", true)]);

        Assert.Equal(
            [new("m0", "InternalError: oops", PublishFailureCause.Message), new("m2", "InvalidMessageContents: U+0001", PublishFailureCause.BadMessage)],
            failures);
    }

    [Fact]
    public void A_message_that_names_a_destination_twice_is_refused() =>
        Assert.Contains(
            "names a destination twice: events, events.",
            Assert.Throws<ArgumentException>(() => RelayUnderTest.Message("1", "key", "events", "events")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_senders_fault_that_somebody_mends_is_not_the_messages() =>
        Assert.Equal(PublishFailureCause.Message, Assert.Single(Publisher.Failures(Batch, ["1", "2"], [("0", "KmsAccessDenied", "no key", true)])).Cause);

    [Theory]
    [InlineData("")]
    [InlineData("0 1")]
    [InlineData("0 1 1")]
    [InlineData("0 1 7")]
    [InlineData("0 1 2 2")]
    public void An_answer_that_does_not_name_each_message_once_tells_nothing(string named)
    {
        var failures = Publisher.Failures(Batch, named.Split(' ', StringSplitOptions.RemoveEmptyEntries), []);

        Assert.Equal(["m0", "m1", "m2"], failures.Select(f => f.MessageId));
        Assert.All(failures, f => Assert.Equal(PublishFailureCause.Message, f.Cause));
    }
}
