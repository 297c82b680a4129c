using Messaging.Publishing;

namespace Messaging.Tests;

/// <summary>What an answer to a call of several messages means for each of them.</summary>
public sealed class PublishAnswerTests
{
    private static readonly List<Outbound> Batch = [.. Enumerable.Range(0, 3).Select(i => new Outbound($"m{i}", "greeting.sent.v1", $"k{i}", "{}"))];

    [Fact]
    public void Failed_entries_are_told_apart_by_whose_fault_it_is()
    {
        var failures = BatchAnswer.Failures(Batch, ["1"], [("0", "InternalError", "oops", false), ("2", "InvalidMessageContents", "U+0001", true)]);

        Assert.Equal(
            [
                new(0, new("m0", "InternalError: oops", PublishFailureCause.Message), MayPass: true),
                new(2, new("m2", "InvalidMessageContents: U+0001", PublishFailureCause.BadMessage), MayPass: false),
            ],
            failures);
    }

    [Fact]
    public void A_message_that_names_a_destination_twice_is_refused() =>
        Assert.Contains(
            "names a destination twice: events, events.",
            Assert.Throws<ArgumentException>(() => RelayUnderTest.Message("1", "key", "events", "events")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_senders_fault_that_somebody_mends_is_not_the_messages()
    {
        var failure = Assert.Single(BatchAnswer.Failures(Batch, ["1", "2"], [("0", "KmsAccessDenied", "no key", true)]));

        Assert.Equal(PublishFailureCause.Message, failure.Failure.Cause);
        Assert.False(failure.MayPass);
    }

    [Theory]
    [InlineData("RequestThrottled")]
    [InlineData("ThrottlingException")]
    [InlineData("OverLimit")]
    [InlineData("KmsThrottled")]
    public void A_throttled_message_may_pass_in_a_moment_whosever_fault_it_is_called(string code) =>
        Assert.True(Assert.Single(BatchAnswer.Failures(Batch, ["1", "2"], [("0", code, "slower", true)])).MayPass);

    [Theory]
    [InlineData("")]
    [InlineData("0 1")]
    [InlineData("0 1 1")]
    [InlineData("0 1 7")]
    [InlineData("0 1 2 2")]
    public void An_answer_that_does_not_name_each_message_once_tells_nothing(string named)
    {
        var failures = BatchAnswer.Failures(Batch, named.Split(' ', StringSplitOptions.RemoveEmptyEntries), []);

        Assert.Equal(["m0", "m1", "m2"], failures.Select(f => f.Failure.MessageId));
        Assert.All(failures, f => Assert.Equal(PublishFailureCause.Message, f.Failure.Cause));
        Assert.All(failures, f => Assert.False(f.MayPass));
    }

    [Theory]
    [InlineData("BatchRequestTooLong")]
    [InlineData("AWS.SimpleQueueService.BatchRequestTooLong")]
    public void A_batch_that_is_too_long_is_about_its_messages_by_either_of_its_names(string code) =>
        Assert.True(ErrorCodes.IsBadMessage(code) && ErrorCodes.IsAboutBody(code));
}
