using System.Security.Cryptography;
using System.Text;
using LocalCloud.Tests;
using Messaging.Consuming;
using Messaging.Outbox;
using Messaging.Polling;
using Messaging.Publishing;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Messages that are too large for queues, through S3.</summary>
public sealed class ClaimCheckTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly string MiB = new('x', 1_024 * 1_024);
    private readonly List<Received<Greeting>> _got = [];
    private PayloadCloud _cloud = null!;
    private MappedQueue _queue = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cloud = await PayloadCloud.StartAsync();
        _queue = await _cloud.QueueAsync("events");
    }

    [Fact]
    public async Task A_payload_of_a_MiB_reaches_its_handler_through_the_outbox_and_stays_in_the_bucket()
    {
        await using var database = await postgres.NewDatabaseAsync(SchemaMigrator.LibraryScripts);
        var writer = new OutboxWriter(database, _cloud.Publisher.PublishAsync, new(), TimeProvider.System, NullLogger<OutboxWriter>.Instance) { Prepare = _cloud.Bucket.PrepareAsync };
        await using var connection = await database.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var committed = await writer.AddAsync(transaction, PayloadCloud.Message("1", MiB, "events"), Ct);
        await transaction.CommitAsync(Ct);
        await writer.PublishAsync(committed, Ct);

        Assert.Equal(0, await _cloud.HandleAsync(_queue, _cloud.Consumer(_got)));

        var got = Assert.Single(_got);
        Assert.Equal(("1", MiB), (got.Event.Id, got.Data.Text));
        Assert.Single(await _cloud.KeysAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_subscribers_of_a_topic_get_the_one_payload(bool rawDelivery)
    {
        var topic = await _cloud.TopicAsync("fan");
        var (left, right) = (await _cloud.QueueAsync("left", topic, rawDelivery), await _cloud.QueueAsync("right", topic, rawDelivery));
        await _cloud.SendAsync(PayloadCloud.Message("1", MiB, "fan"));

        await _cloud.HandleAsync(left, _cloud.Consumer(_got));
        await _cloud.HandleAsync(right, _cloud.Consumer(_got));

        Assert.Equal([("1", MiB), ("1", MiB)], _got.Select(g => (g.Event.Id, g.Data.Text)));
        Assert.Single(await _cloud.KeysAsync());
    }

    [Fact]
    public async Task A_worker_fetches_payloads_as_Lambda_does()
    {
        await _cloud.SendAsync(PayloadCloud.Message("1", MiB, "events"));
        using var worker = new SqsWorker(
            _cloud.Cloud.Sqs, _cloud.Consumer(_got), new() { QueueUrl = _queue.Url, DeadLetterQueueUrl = _queue.DeadLetterUrl, WaitTime = TimeSpan.Zero }, TimeProvider.System, NullLogger<SqsWorker>.Instance);

        await worker.StartAsync(Ct);
        await Eventually.TrueAsync(() => _got.Count == 1);
        await worker.StopAsync(Ct);

        Assert.Equal(MiB, _got[0].Data.Text);
    }

    [Fact]
    public async Task The_pointer_is_written_as_the_extended_clients_write_it_and_its_key_names_the_digest()
    {
        var message = PayloadCloud.Message("1", MiB, "events");
        await _cloud.SendAsync(message with { Attributes = [new("hotel", "alpha")] });

        var sent = Assert.Single(await _cloud.Cloud.DrainAsync(_queue.Url));
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Body)));
        Assert.Equal($$"""["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"payloads","s3Key":"payloads/{{digest}}"}]""", sent.Body);
        Assert.Equal(
            [("ExtendedPayloadSize", "Number", $"{message.Body.Length}"), ("hotel", "String", "alpha"), ("type", "String", "greeting.sent.v1")],
            sent.MessageAttributes!.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value.DataType, a.Value.StringValue)));
    }

    [Theory]
    [InlineData("software.amazon.payloadoffloading.PayloadS3Pointer", "ExtendedPayloadSize")]
    [InlineData("com.amazon.sqs.javamessaging.MessageS3Pointer", "SQSLargePayloadSize")]
    public async Task What_the_extended_clients_for_Java_and_Python_write_is_read_by_its_size(string name, string attribute)
    {
        var body = ConsumerTests.Body("1", "from Java");
        await _cloud.PutAsync("6c4a4b1e-0f0c-4f4c-9d0a-6d2b6a5a0b11", body);
        await _cloud.SendRawAsync(
            _queue, $$"""["{{name}}", { "s3Key": "6c4a4b1e-0f0c-4f4c-9d0a-6d2b6a5a0b11", "s3BucketName": "payloads" }]""", (attribute, $"{body.Length}"));

        await _cloud.HandleAsync(_queue, _cloud.Consumer(_got));

        Assert.Equal("from Java", Assert.Single(_got).Data.Text);
    }

    [Fact]
    public async Task At_the_threshold_a_message_goes_as_it_is_and_a_byte_above_it_by_S3()
    {
        var message = PayloadCloud.Message("1", "hello, hello, hello", "events") with { Attributes = [new("padding", new('x', 200)), new("number", "17", IsNumber: true)] };
        var fixedBytes = message.Bytes;
        var padded = PayloadCloud.Message("1", new string('x', 1_024 - fixedBytes + "hello, hello, hello".Length), "events") with { Attributes = message.Attributes };
        Assert.Equal(1_024, padded.Bytes);
        _cloud.Options = _cloud.Options with { Threshold = 1_024 };

        Assert.Same(padded, await _cloud.Bucket.PrepareAsync(padded, Ct));
        Assert.Empty(await _cloud.KeysAsync());
        Assert.StartsWith("[", (await _cloud.Bucket.PrepareAsync(padded with { Attributes = [.. padded.Attributes.SkipLast(1), new("number", "170", IsNumber: true)] }, Ct)).Body, StringComparison.Ordinal);
        Assert.Single(await _cloud.KeysAsync());
    }

    [Fact]
    public async Task A_deferred_copy_a_dead_letter_and_a_parked_message_carry_the_pointer_and_not_the_payload()
    {
        var time = new FakeTime();
        await using var cloud = await PayloadCloud.StartAsync(time);
        var queue = await cloud.QueueAsync("later");
        var sent = await cloud.SendAsync(PayloadCloud.Message("1", MiB, "later"));
        var verdicts = new Queue<Verdict>([Verdict.Defer(time.GetUtcNow() + TimeSpan.FromMinutes(5), "later"), Verdict.DeadLetter("never")]);
        var consumer = new Consumer("tests", NullLogger.Instance) { Payloads = cloud.Bucket }.On("greeting.sent.v1", TestJson.Default.Greeting, (_, _) => Task.FromResult(verdicts.Dequeue()));

        await cloud.HandleAsync(queue, consumer);
        time.Advance(TimeSpan.FromMinutes(5));
        await cloud.HandleAsync(queue, consumer);

        var dead = Assert.Single(await cloud.Cloud.DrainAsync(queue.DeadLetterUrl));
        Assert.Equal(sent.Body, dead.Body);
        Assert.Equal(sent.Attributes[^1].Value, dead.MessageAttributes!["ExtendedPayloadSize"].StringValue);
    }

    [Fact]
    public async Task Eight_attributes_leave_no_place_for_the_size_and_are_refused()
    {
        var message = PayloadCloud.Message("1", MiB, "events") with { Attributes = [.. Enumerable.Range(0, 8).Select(i => new AttributeValue($"a{i}", "x"))] };

        var error = await Assert.ThrowsAsync<ArgumentException>(() => _cloud.Bucket.PrepareAsync(message, Ct).AsTask());

        Assert.StartsWith("The message greeting.sent.v1 1 has 8 attributes and its type; 8 are the most beside ExtendedPayloadSize", error.Message, StringComparison.Ordinal);
        Assert.Empty(await _cloud.KeysAsync());
        await _cloud.SendAsync(message with { Attributes = [.. message.Attributes.Skip(1)] });
    }

    [Fact]
    public async Task A_message_that_is_due_after_its_payload_may_be_gone_is_refused()
    {
        var message = PayloadCloud.Message("1", MiB, "events");

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => _cloud.Bucket.PrepareAsync(message with { NotBefore = DateTimeOffset.UtcNow.AddDays(10) }, Ct).AsTask());

        Assert.Contains("payloads keeps it 60 days. Keep payloads longer, and say so in Kept.", error.Message, StringComparison.Ordinal);
        await _cloud.Bucket.PrepareAsync(message with { NotBefore = DateTimeOffset.UtcNow.AddDays(8) }, Ct);
    }

    [Fact]
    public async Task What_is_larger_than_the_largest_payload_is_refused_before_it_is_written()
    {
        _cloud.Options = _cloud.Options with { LargestPayload = 1_024 * 1_024 };

        var error = await Assert.ThrowsAsync<ArgumentException>(() => _cloud.Bucket.PrepareAsync(PayloadCloud.Message("big", MiB, "events"), Ct).AsTask());

        Assert.StartsWith("The message greeting.sent.v1 big has 1048", error.Message, StringComparison.Ordinal);
        Assert.Empty(await _cloud.KeysAsync());
    }

    [Fact]
    public async Task A_bucket_that_takes_nothing_fails_the_caller_with_the_message_named()
    {
        _cloud.Break("s3");

        var error = await Assert.ThrowsAsync<PayloadException>(() => _cloud.Bucket.PrepareAsync(PayloadCloud.Message("1", MiB, "events"), Ct).AsTask());

        Assert.StartsWith("The payload of message greeting.sent.v1 1 could not be written to s3://payloads/payloads/", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was sent.", error.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync() => await _cloud.DisposeAsync();
}
