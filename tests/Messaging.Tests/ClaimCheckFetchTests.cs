using LocalCloud.Faults;
using LocalCloud.Tests;
using Messaging.Consuming;

namespace Messaging.Tests;

/// <summary>Payloads that cannot be fetched, or are not what was sent.</summary>
public sealed class ClaimCheckFetchTests : IAsyncLifetime
{
    private static readonly string Large = new('x', 200_000);
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
    public async Task A_payload_that_is_gone_is_a_dead_letter_that_says_so()
    {
        await _cloud.SendAsync(PayloadCloud.Message("1", Large, "events"));
        var key = Assert.Single(await _cloud.KeysAsync());
        await _cloud.S3.DeleteObjectAsync(PayloadCloud.BucketName, key, Ct);

        Assert.Equal($"The payload s3://payloads/{key} is gone: the bucket's lifecycle rule or somebody deleted it.", await DeathAsync());
    }

    [Fact]
    public async Task A_payload_that_was_changed_is_a_dead_letter()
    {
        var message = PayloadCloud.Message("1", Large, "events");
        await _cloud.SendAsync(message);
        var key = Assert.Single(await _cloud.KeysAsync());
        await _cloud.PutAsync(key, message.Body.Replace("xxx", "xyx", StringComparison.Ordinal));

        Assert.Equal($"The payload s3://payloads/{key} is not what was sent: its SHA-256 is another.", await DeathAsync());
    }

    [Fact]
    public async Task A_payload_of_another_size_than_its_message_tells_is_a_dead_letter()
    {
        await _cloud.PutAsync("no-digest", ConsumerTests.Body());
        await _cloud.SendRawAsync(_queue, Pointer("payloads", "no-digest"), ("ExtendedPayloadSize", "17"));

        Assert.Equal($"The payload s3://payloads/no-digest has {ConsumerTests.Body().Length} bytes, and its message tells of 17.", await DeathAsync());
    }

    [Fact]
    public async Task A_pointer_to_another_bucket_is_a_dead_letter_and_nothing_is_fetched()
    {
        await _cloud.S3.PutBucketAsync("foreign", Ct);
        await _cloud.PutAsync("key", ConsumerTests.Body(), "foreign");
        await _cloud.SendRawAsync(_queue, Pointer("foreign", "key"));

        Assert.Equal("The payload s3://foreign/key is in another bucket than payloads, the only one that is read.", await DeathAsync());
        Assert.Equal(0, _cloud.Cloud.Server.Requests.Of("s3", "GetObject").Calls);
    }

    [Fact]
    public async Task A_payload_that_is_too_large_is_a_dead_letter_before_it_is_read()
    {
        await _cloud.SendAsync(PayloadCloud.Message("1", Large, "events"));
        _cloud.Options = _cloud.Options with { LargestPayload = 100_000 };

        Assert.EndsWith("100000 are the most that is read.", await DeathAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pointer_to_a_pointer_is_a_dead_letter()
    {
        await _cloud.PutAsync("loop", Pointer("payloads", "loop"));
        await _cloud.SendRawAsync(_queue, Pointer("payloads", "loop"));

        Assert.Equal("The payload s3://payloads/loop is itself a pointer to another one.", await DeathAsync());
    }

    [Theory]
    [InlineData("""["software.amazon.payloadoffloading.PayloadS3Pointer"]""")]
    [InlineData("""["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"payloads"}]""")]
    [InlineData("""["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"payloads","s3Key":7}]""")]
    [InlineData("""["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"payloads","s3Key":"a b"}]""")]
    [InlineData("""["something else",{"s3BucketName":"payloads","s3Key":"key"}]""")]
    [InlineData("[[1]]")]
    public async Task An_array_that_is_no_pointer_is_undecodable(string body)
    {
        await _cloud.SendRawAsync(_queue, body);

        Assert.Equal("The body is not a JSON object. Send a CloudEvents 1.0 message in structured mode.", await DeathAsync());
    }

    [Fact]
    public async Task A_consumer_without_a_bucket_makes_a_pointer_a_dead_letter_that_says_what_to_set()
    {
        await _cloud.SendRawAsync(_queue, Pointer("payloads", "key"));

        var reason = await _cloud.DeathAsync(_queue, ConsumerTests.Consumer((_, _) => Task.FromResult(Verdict.Done)));

        Assert.Equal("The payload is at s3://payloads/key, and tests has no bucket to read from. Set Consumer.Payloads.", reason);
    }

    [Theory]
    [InlineData(FaultKind.Unavailable)]
    [InlineData(FaultKind.Throttle)]
    [InlineData(FaultKind.InternalError)]
    public async Task While_S3_is_away_the_message_comes_back_and_no_attempt_is_counted(FaultKind kind)
    {
        await _cloud.SendAsync(PayloadCloud.Message("1", Large, "events"));
        _cloud.Break("s3", kind: kind);
        var log = new RecordedLog();

        Assert.Equal(1, await _cloud.HandleAsync(_queue, _cloud.Consumer(_got, log), countAttempt: (_, _) => throw new InvalidOperationException("Nothing ran.")));

        Assert.Equal([nameof(Log.PayloadNotOpened)], log.Names);
        Assert.Empty(await _cloud.Cloud.DrainAsync(_queue.DeadLetterUrl));
        Assert.Empty(_got);
    }

    [Fact]
    public async Task A_fetch_that_takes_too_long_is_given_up()
    {
        var time = new FakeTime();
        await using var cloud = await PayloadCloud.StartAsync(time);
        await cloud.PutAsync("key", ConsumerTests.Body());
        cloud.Cloud.Server.SetFaults(new() { Rules = [new() { Service = "s3", Kind = FaultKind.Slow, Delay = TimeSpan.FromMinutes(15) }] });
        var fetching = cloud.Bucket.FetchAsync(new("payloads", "key"), null, Ct);

        time.Advance(cloud.Options.Patience);

        var error = await Assert.ThrowsAsync<PayloadException>(() => fetching);
        Assert.Equal(("The payload s3://payloads/key could not be fetched: S3 did not answer in time.", false), (error.Message, error.IsFinal));
    }

    private static string Pointer(string bucket, string key) => $$"""["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"{{bucket}}","s3Key":"{{key}}"}]""";

    private Task<string> DeathAsync() => _cloud.DeathAsync(_queue, _cloud.Consumer(_got));

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_got);
        await _cloud.DisposeAsync();
    }
}
