using Messaging.Encryption;
using Messaging.Publishing;

namespace Messaging.Tests;

/// <summary>Publishing without an outbox.</summary>
public sealed class PublisherFrontDoorTests : IAsyncLifetime
{
    private PublisherDesk _desk = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await PublisherDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_message_goes_to_all_its_destinations()
    {
        var (work, events) = (await _desk.AddQueueAsync("work"), await _desk.AddTopicAsync("events"));

        await _desk.NewPublisher().PublishAsync(PublisherDesk.Message("1", "a", "work", "events"), Ct);

        Assert.Equal(await _desk.BodiesAsync(work), await _desk.BodiesAsync(events));
    }

    [Fact]
    public async Task One_exception_names_all_that_did_not_get_out_after_all_were_tried()
    {
        var work = await _desk.AddQueueAsync("work");

        var exception = await Assert.ThrowsAsync<PublishException>(() => _desk.NewPublisher().PublishAsync(
            [PublisherDesk.Message("1", "a", "nowhere", "work"), PublisherDesk.Message("2", "b", "work"), PublisherDesk.Message("3", "c", "elsewhere")], Ct));

        Assert.Equal([("nowhere", "1"), ("elsewhere", "3")], exception.Failures.Select(f => (f.Destination!, f.MessageId)));
        Assert.Equal(
            "Not published, or not known to be: message 1 to 'nowhere' (Destination): The destination 'nowhere' has no address. Set DESTINATION_NOWHERE to the ARN of a topic "
            + "or the URL of a queue. | message 3 to 'elsewhere' (Destination): The destination 'elsewhere' has no address. Set DESTINATION_ELSEWHERE to the ARN of a topic "
            + "or the URL of a queue.",
            exception.Message);
        Assert.Equal(2, (await _desk.BodiesAsync(work)).Length);
    }

    [Fact]
    public async Task The_words_of_the_exception_have_a_bound_and_its_list_has_all()
    {
        var exception = await Assert.ThrowsAsync<PublishException>(() => _desk.NewPublisher().PublishAsync(
            [.. Enumerable.Range(0, 1_000).Select(i => PublisherDesk.Message($"{i}", $"k{i}", "nowhere"))], Ct));

        Assert.Equal(1_000, exception.Failures.Count);
        Assert.EndsWith(" | and 990 more", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_must_be_encrypted_and_is_not_is_named_and_its_neighbours_go_out()
    {
        var work = await _desk.AddQueueAsync("work");
        var secret = PublisherDesk.Message("secret", "a", "work") with { Encryption = EncryptedData.Whole };

        var exception = await Assert.ThrowsAsync<PublishException>(() => _desk.NewPublisher().PublishAsync([secret, PublisherDesk.Message("2", "b", "work")], Ct));

        Assert.Contains("The message greeting.sent.v1 secret must be encrypted, and nobody did.", Assert.Single(exception.Failures).Reason, StringComparison.Ordinal);
        Assert.Single(await _desk.BodiesAsync(work));
    }

    [Fact]
    public async Task Messages_are_prepared_and_one_that_cannot_be_fails_with_its_followers_only()
    {
        var work = await _desk.AddQueueAsync("work");
        var publisher = _desk.NewPublisher(prepare: (message, _) =>
            message.Id == "bad" ? throw new InvalidOperationException("no key") : new(message with { Body = $"prepared {message.Id}" }));

        var exception = await Assert.ThrowsAsync<PublishException>(() => publisher.PublishAsync(
            [PublisherDesk.Message("1", "a", "work"), PublisherDesk.Message("bad", "b", "work"), PublisherDesk.Message("2", "b", "work"), PublisherDesk.Message("3", "c", "work")], Ct));

        Assert.Equal([("bad", PublishFailureCause.Message), ("2", PublishFailureCause.EarlierMessage)], exception.Failures.Select(f => (f.MessageId, f.Cause)));
        Assert.Equal("The message greeting.sent.v1 bad could not be prepared: InvalidOperationException: no key", exception.Failures[0].Reason);
        Assert.Equal(["prepared 1", "prepared 3"], (await _desk.BodiesAsync(work)).Order());
    }

    [Fact]
    public async Task A_message_that_is_not_due_is_not_sent_before_its_time()
    {
        var work = await _desk.AddQueueAsync("work");

        var exception = await Assert.ThrowsAsync<PublishException>(() => _desk.NewPublisher().PublishAsync(
            PublisherDesk.Message("1", "a", "work") with { NotBefore = DateTimeOffset.UtcNow.AddDays(1) }, Ct));

        Assert.Contains("Only an outbox keeps messages until then.", Assert.Single(exception.Failures).Reason, StringComparison.Ordinal);
        Assert.Empty(await _desk.BodiesAsync(work));
    }

    [Fact]
    public async Task What_a_cancelled_token_kept_back_is_named_too()
    {
        var work = await _desk.AddQueueAsync("work");

        var exception = await Assert.ThrowsAsync<PublishException>(() => _desk.NewPublisher().PublishAsync(PublisherDesk.Message("1", "a", "work"), new CancellationToken(canceled: true)));

        Assert.Equal(("work", "1"), (Assert.Single(exception.Failures).Destination!, exception.Failures[0].MessageId));
        Assert.Empty(await _desk.BodiesAsync(work));
    }
}
