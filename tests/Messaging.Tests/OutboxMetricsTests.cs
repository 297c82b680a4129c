using Messaging.Publishing;
using Tests.Common;
using static Messaging.Tests.RelayUnderTest;

namespace Messaging.Tests;

/// <summary>What the outbox tells of itself, by destination.</summary>
public sealed class OutboxMetricsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Rows_waiting_their_age_and_what_was_published_failed_and_parked_are_measured_by_destination()
    {
        var (good, bad) = ($"good-{Guid.NewGuid():n}", $"bad-{Guid.NewGuid():n}");
        await using var it = await StartAsync(postgres);
        using var ofGood = new RecordedMeasurements(good, "messaging.destination.name");
        using var ofBad = new RecordedMeasurements(bad, "messaging.destination.name");
        it.Fails = (destination, message) => destination == good ? null : message.Id == "1" ? PublishFailureCause.BadMessage : PublishFailureCause.Message;
        await it.Writer.PublishAsync(await it.CommitAsync(Message("0", "k", good)), TestContext.Current.CancellationToken);
        await it.CommitAsync(Message("1", "a", good, bad), Message("2", "b", good, bad), Message("3", "b", bad), Message("4", "c", bad) with { NotBefore = DateTimeOffset.UtcNow.AddDays(1) });
        await it.Database.ExecuteAsync("update outbox set created = created - interval '1 minute', available = clock_timestamp() where message_id <> '4'");

        await it.SweepAsync();

        Assert.Equal(3, ofGood.Of("outbox.published.messages").Sum(m => m.Value));
        Assert.Equal(0, ofGood.Of("outbox.waiting.messages")[^1].Value);
        Assert.Equal(0, ofGood.Of("outbox.oldest.age")[^1].Value);
        Assert.Equal(2, ofBad.Of("outbox.failed.messages").Sum(m => m.Value));
        Assert.Equal(1, ofBad.Of("outbox.parked.messages").Sum(m => m.Value));

        // The failed one and the one behind it: the scheduled one is not due.
        Assert.Equal(2, ofBad.Of("outbox.waiting.messages")[^1].Value);
        Assert.InRange(ofBad.Of("outbox.oldest.age")[^1].Value, 60, 600);
    }
}
