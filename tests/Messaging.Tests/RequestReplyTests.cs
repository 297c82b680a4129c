using System.Text.Json.Serialization;
using Amazon.SQS.Model;
using LocalCloud.Tests;
using Messaging.Consuming;
using Messaging.Envelope;
using Messaging.Publishing;
using Messaging.RequestReply;
using Tests.Common;

namespace Messaging.Tests;

internal sealed record Sum(int First, int Second);

internal sealed record Total(int Value);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Sum))]
[JsonSerializable(typeof(Total))]
internal sealed partial class SumJson : JsonSerializerContext;

/// <summary>Questions over one queue, replies over another, both in a cloud of the test's own.</summary>
public sealed class RequestReplyTests : IAsyncLifetime
{
    private static readonly Question<Sum, Total> Add = new("sum.add.v1", SumJson.Default.Sum, "sum.added.v1", SumJson.Default.Total, "sums");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _end = new();
    private readonly List<IAsyncDisposable> _clients = [];
    private readonly RecordedLog<RequestClient> _log = new();
    private TestCloud _cloud = null!;
    private Publisher _publisher = null!;
    private string _sums = null!;
    private string _replies = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await TestCloud.StartAsync();
        (_sums, _replies) = (await _cloud.CreateQueueAsync("sums"), await _cloud.CreateQueueAsync("replies"));
        _publisher = new(_cloud.Sqs, _cloud.Sns, new(name => name switch
        {
            "DESTINATION_SUMS" => _sums,
            "DESTINATION_REPLIES" => _replies,
            _ => null,
        }));
    }

    [Fact]
    public async Task A_thousand_requests_in_flight_each_get_their_own_reply_over_one_queue()
    {
        var client = NewClient();
        var asked = new TaskCompletionSource();
        var answering = AnswerAsync(asked.Task);

        var replies = Enumerable.Range(0, 1_000).Select(i => client.AskAsync(Add, new(i, 1), Patience, Ct)).ToArray();
        await Eventually.TrueAsync(() => client.InFlight == 1_000);
        asked.SetResult();

        Assert.Equal(Enumerable.Range(1, 1_000), (await Task.WhenAll(replies)).Select(r => r.Value));
        Assert.Equal(0, client.InFlight);
        await EndAsync(answering);
    }

    [Fact]
    public async Task Two_processes_share_a_reply_queue_and_each_gets_its_own_replies()
    {
        var (one, other) = (NewClient(), NewClient());
        var answering = AnswerAsync();

        var replies = Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? one : other).AskAsync(Add, new(i, i), Patience, Ct)).ToArray();

        Assert.Equal(Enumerable.Range(0, 100).Select(i => 2 * i), (await Task.WhenAll(replies)).Select(r => r.Value));
        await EndAsync(answering);
    }

    [Fact]
    public async Task One_request_more_than_may_be_in_flight_waits_for_another_to_end()
    {
        var client = NewClient(o => o with { MaxInFlight = 2 });
        var replies = Enumerable.Range(0, 3).Select(i => client.AskAsync(Add, new(i, 0), Patience, Ct)).ToArray();
        await Eventually.TrueAsync(() => client.InFlight == 2);

        var first = await RequestsAsync(2);
        Assert.Empty(await _cloud.DrainAsync(_sums));
        await ReplyAsync(first);
        await ReplyAsync(await RequestsAsync(1));

        Assert.Equal([0, 1, 2], (await Task.WhenAll(replies)).Select(r => r.Value));
    }

    [Fact]
    public async Task Without_a_reply_the_deadline_ends_the_wait_and_names_type_and_id()
    {
        var time = new FakeTime();
        var client = NewClient(time: time);

        var reply = client.AskAsync(Add, new(1, 2), TimeSpan.FromSeconds(3), Ct);
        var request = Assert.Single(await RequestsAsync(1));
        time.Advance(TimeSpan.FromSeconds(3));

        var error = await Assert.ThrowsAsync<TimeoutException>(() => reply);
        Assert.Equal($"There was no reply to sum.add.v1 {request.Event.Id} within 3 s.", error.Message);
        Assert.Equal(time.GetUtcNow(), request.Event.Deadline);
        Assert.Equal(0, client.InFlight);
    }

    [Fact]
    public async Task A_late_reply_is_dropped_and_counted_and_the_next_request_is_none_the_wiser()
    {
        using var measurements = new RecordedMeasurements("late-replies", "messaging.destination.name");
        var time = new FakeTime();
        var client = NewClient(o => o with { ReplyQueue = "late-replies" }, time);
        var first = client.AskAsync(Add, new(1, 2), TimeSpan.FromSeconds(3), Ct);
        var late = await RequestsAsync(1);
        time.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<TimeoutException>(() => first);

        var second = client.AskAsync(Add, new(5, 5), TimeSpan.FromSeconds(3), Ct);
        await ReplyAsync(late);
        await Eventually.TrueAsync(() => measurements.Of("request.dropped.replies").Any());
        await ReplyAsync(await RequestsAsync(1));

        Assert.Equal(10, (await second).Value);
        Assert.Equal("late", Assert.Single(measurements.Of("request.dropped.replies"))["request.drop.cause"]);
    }

    [Fact]
    public async Task A_duplicate_reply_is_dropped_and_counted()
    {
        using var measurements = new RecordedMeasurements("twin-replies", "messaging.destination.name");
        var client = NewClient(o => o with { ReplyQueue = "twin-replies" });
        var first = client.AskAsync(Add, new(1, 2), Patience, Ct);
        var request = await RequestsAsync(1);
        await ReplyAsync(request);
        Assert.Equal(3, (await first).Value);

        var second = client.AskAsync(Add, new(3, 4), Patience, Ct);
        await ReplyAsync(request);
        await Eventually.TrueAsync(() => measurements.Of("request.dropped.replies").Any());
        await ReplyAsync(await RequestsAsync(1));

        Assert.Equal(7, (await second).Value);
        Assert.Equal("unexpected", Assert.Single(measurements.Of("request.dropped.replies"))["request.drop.cause"]);
    }

    [Fact]
    public async Task A_request_that_is_cancelled_is_forgotten()
    {
        var client = NewClient();
        using var cancel = new CancellationTokenSource();
        var reply = client.AskAsync(Add, new(1, 2), Patience, cancel.Token);
        await Eventually.TrueAsync(() => client.InFlight == 1);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
        Assert.Equal(0, client.InFlight);
    }

    [Fact]
    public async Task Nobody_receives_while_nobody_waits()
    {
        var client = NewClient();
        var answering = AnswerAsync();
        await client.AskAsync(Add, new(1, 2), Patience, Ct);
        await EndAsync(answering);

        await client.DisposeAsync();
        await _cloud.Sqs.SendMessageAsync(new() { QueueUrl = _replies, MessageBody = "a reply that nobody takes" }, Ct);

        Assert.Equal("a reply that nobody takes", Assert.Single(await _cloud.DrainAsync(_replies)).Body);
    }

    [Fact]
    public async Task Who_was_the_last_to_wait_leaves_no_reply_behind()
    {
        var client = NewClient();
        var answering = AnswerAsync();

        await client.AskAsync(Add, new(1, 2), Patience, Ct);

        var left = await _cloud.Sqs.GetQueueAttributesAsync(new() { QueueUrl = _replies, AttributeNames = ["All"] }, Ct);
        Assert.Equal(("0", "0"), (left.Attributes!["ApproximateNumberOfMessages"], left.Attributes["ApproximateNumberOfMessagesNotVisible"]));
        await EndAsync(answering);
    }

    [Fact]
    public async Task A_reply_whose_process_has_gone_stays_no_longer_than_its_deadline()
    {
        var time = new FakeTime();
        var gone = NewClient(time: time);
        var lost = gone.AskAsync(Add, new(1, 2), TimeSpan.FromSeconds(3), Ct);
        var request = await RequestsAsync(1);
        await gone.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lost);
        await ReplyAsync(request);

        var client = NewClient(o => o with { HandBacks = 3 }, time);
        var reply = client.AskAsync(Add, new(3, 4), TimeSpan.FromSeconds(20), Ct);
        var own = await RequestsAsync(1);
        time.Advance(TimeSpan.FromSeconds(5));
        await _log.UntilAsync("Its deadline has passed.");
        await ReplyAsync(own);

        Assert.Equal(7, (await reply).Value);
        Assert.Empty(await _cloud.DrainAsync(_replies));
    }

    [Fact]
    public async Task What_is_no_reply_at_all_is_dropped()
    {
        var client = NewClient();
        var reply = client.AskAsync(Add, new(1, 2), Patience, Ct);
        await _cloud.Sqs.SendMessageAsync(new() { QueueUrl = _replies, MessageBody = "rubbish" }, Ct);
        await _log.UntilAsync("The body is not JSON");

        await ReplyAsync(await RequestsAsync(1));

        Assert.Equal(3, (await reply).Value);
    }

    [Fact]
    public async Task A_reply_of_another_type_fails_the_request_and_quotes_nothing()
    {
        var client = NewClient();
        var reply = client.AskAsync(Add, new(1, 2), Patience, Ct);

        var request = Assert.Single(await RequestsAsync(1));
        await ReplyAsync(Add with { ReplyType = "secret.v1" }, request);

        var error = await Assert.ThrowsAsync<InvalidCloudEventException>(() => reply);
        Assert.Equal($"The reply to sum.add.v1 {request.Event.Id} has another type than 'sum.added.v1'.", error.Message);
    }

    [Fact]
    public async Task A_request_that_the_queue_does_not_take_fails_at_once()
    {
        var client = NewClient();

        var error = await Assert.ThrowsAsync<RequestNotSentException>(() => client.AskAsync(Add with { Destination = "nowhere" }, new(1, 2), Patience, Ct));

        Assert.Contains("to 'nowhere' was not sent: The destination 'nowhere' has no address.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_tells_why_no_reply_could_be_received()
    {
        var time = new FakeTime();
        var client = NewClient(o => o with { ReplyQueueUrl = _replies + "-that-is-not-there" }, time);
        var reply = client.AskAsync(Add, new(1, 2), TimeSpan.FromSeconds(3), Ct);
        await _log.UntilAsync("No replies could be received");

        time.Advance(TimeSpan.FromSeconds(3));

        Assert.IsType<QueueDoesNotExistException>((await Assert.ThrowsAsync<TimeoutException>(() => reply)).InnerException);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    public async Task A_reply_is_waited_for_at_most_a_minute(int seconds) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => NewClient().AskAsync(Add, new(1, 2), TimeSpan.FromSeconds(seconds), Ct));

    [Fact]
    public async Task A_request_delivered_twice_is_answered_twice_under_one_id()
    {
        var request = Request(new(1, 2));

        Assert.Equal(Verdict.Done, await RespondAsync(request));
        Assert.Equal(Verdict.Done, await RespondAsync(request));

        var replies = (await _cloud.DrainAsync(_replies)).Select(Read).ToArray();
        Assert.Equal(2, replies.Length);
        Assert.Equal(replies[0].Event.Id, replies[1].Event.Id);
        Assert.All(replies, r => Assert.Equal((request.Event.Id, "order-7", request.Event.ReplyTo), (r.Event.CausationId, r.Event.CorrelationId, r.Event.ReplyTo)));
    }

    [Fact]
    public async Task A_request_whose_deadline_has_passed_is_discarded_without_asking_its_handler()
    {
        var request = Request(new(1, 2), deadline: DateTimeOffset.UtcNow.AddSeconds(-1));

        var verdict = await RespondAsync(request, (_, _) => throw new InvalidOperationException("Nobody waits."));

        Assert.Equal(Verdict.Discard("Its deadline has passed: nobody waits for the reply."), verdict);
    }

    [Fact]
    public async Task A_handler_that_is_not_ready_at_the_deadline_is_cancelled_and_answers_nobody()
    {
        var time = new FakeTime();
        var request = Request(new(1, 2), deadline: time.GetUtcNow().AddSeconds(3));
        var verdict = RespondAsync(request, async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return new Total(0);
        }, time);

        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(Verdict.Discard("Its deadline has passed: nobody waits for the reply."), await verdict);
        Assert.Empty(await _cloud.DrainAsync(_replies));
    }

    [Fact]
    public async Task A_reply_goes_to_no_queue_that_is_not_on_the_list_whatever_the_request_names()
    {
        var sums = await RespondAsync(Request(new(1, 2), replyTo: "sums#me"));
        var address = await RespondAsync(Request(new(1, 2), replyTo: $"{_sums}#me"));
        var none = await RespondAsync(Request(new(1, 2), replyTo: null));

        Assert.Equal(Verdict.DeadLetter("The request wants its reply in a queue that is not one of these: replies."), sums);
        Assert.Equal(sums, address);
        Assert.Equal(Verdict.DeadLetter("The request does not say where its reply goes, and until when."), none);
        Assert.Empty(await _cloud.DrainAsync(_sums));
    }

    [Fact]
    public async Task A_reply_that_the_queue_does_not_take_is_tried_again()
    {
        var responder = new Responder((_, _, _) => Task.FromResult<IReadOnlyList<PublishFailure>>([new("1", "away", PublishFailureCause.Destination)]), "/sums", ["replies"]);

        var verdict = await responder.With(Add, AnswerAsync)(Request(new(1, 2)), Ct);

        Assert.Equal(Verdict.Retry("The reply was not sent: away", TimeSpan.FromSeconds(1)), verdict);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        _end.Dispose();
        await _cloud.DisposeAsync();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<Total> AnswerAsync(Received<Sum> request, CancellationToken cancellationToken) =>
        Task.FromResult(new Total(request.Data.First + request.Data.Second));

    private static Received<Sum> Request(Sum data, DateTimeOffset? deadline = null, string? replyTo = "replies#me") => new(
        new(Guid.NewGuid().ToString(), "/tests", Add.RequestType, DateTimeOffset.UtcNow)
        {
            CorrelationId = "order-7",
            Deadline = deadline ?? DateTimeOffset.UtcNow.AddMinutes(1),
            ReplyTo = replyTo,
        },
        data,
        1);

    private static (CloudEvent Event, ReadOnlyMemory<byte> Data) Read(Message message) => CloudEventReader.Read(System.Text.Encoding.UTF8.GetBytes(message.Body!));

    private RequestClient NewClient(Func<RequestClientOptions, RequestClientOptions>? change = null, TimeProvider? time = null)
    {
        var options = new RequestClientOptions { ReplyQueue = "replies", ReplyQueueUrl = _replies, Source = "/tests" };
        var client = new RequestClient(_cloud.Sqs, _publisher.PublishAsync, change?.Invoke(options) ?? options, _log, time);
        _clients.Add(client);
        return client;
    }

    private Task<Verdict> RespondAsync(Received<Sum> request, RequestHandler<Sum, Total>? handler = null, TimeProvider? time = null) =>
        new Responder(_publisher.PublishAsync, "/sums", ["replies"], time).With(Add, handler ?? AnswerAsync)(request, Ct);

    /// <summary>Takes so many requests out of their queue.</summary>
    private async Task<IReadOnlyList<Received<Sum>>> RequestsAsync(int count)
    {
        var requests = new List<Received<Sum>>();
        await Eventually.TrueAsync(async () =>
        {
            foreach (var message in await _cloud.DrainAsync(_sums))
            {
                var (attributes, data) = Read(message);
                requests.Add(new(attributes, System.Text.Json.JsonSerializer.Deserialize(data.Span, SumJson.Default.Sum)!, 1));
            }

            return requests.Count >= count;
        });
        return requests;
    }

    private async Task ReplyAsync(IReadOnlyList<Received<Sum>> requests)
    {
        foreach (var request in requests)
            await ReplyAsync(Add, request);
    }

    /// <summary>Replies as a responder would that knows no deadline.</summary>
    private async Task ReplyAsync(Question<Sum, Total> question, Received<Sum> request)
    {
        var attributes = new CloudEvent(Guid.NewGuid().ToString(), "/sums", question.ReplyType, DateTimeOffset.UtcNow)
        {
            CausationId = request.Event.Id,
            Deadline = request.Event.Deadline,
            ReplyTo = request.Event.ReplyTo,
        };
        var body = CloudEventWriter.Write(attributes, await AnswerAsync(request, Ct), question.ReplyJson);
        await _cloud.Sqs.SendMessageAsync(new() { QueueUrl = _replies, MessageBody = System.Text.Encoding.UTF8.GetString(body.Span) }, Ct);
    }

    /// <summary>A consumer behind the queue, as a worker runs it, until the test ends it.</summary>
    private Task AnswerAsync(Task? begin = null)
    {
        var consumer = new Consumer("sums", _log).Reply(Add, new Responder(_publisher.PublishAsync, "/sums", ["replies"]), AnswerAsync);
        return Task.Run(async () =>
        {
            await (begin ?? Task.CompletedTask);
            while (!_end.IsCancellationRequested)
            {
                var response = await _cloud.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = _sums, MaxNumberOfMessages = 10, WaitTimeSeconds = 1 });
                foreach (var message in response.Messages ?? [])
                {
                    Assert.Equal(Verdict.Done, await consumer.HandleAsync(System.Text.Encoding.UTF8.GetBytes(message.Body!), 1, Ct));
                    await _cloud.Sqs.DeleteMessageAsync(new() { QueueUrl = _sums, ReceiptHandle = message.ReceiptHandle }, Ct);
                }
            }
        });
    }

    private async Task EndAsync(Task answering)
    {
        await _end.CancelAsync();
        await answering;
    }
}
