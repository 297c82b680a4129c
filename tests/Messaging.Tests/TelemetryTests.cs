using System.Diagnostics;
using System.Text;
using Messaging.Consuming;
using Messaging.Envelope;
using Messaging.Publishing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Tests;

/// <summary>Spans and measurements of single messages.</summary>
public sealed class TelemetryTests
{
    private const string Producer = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly DateTimeOffset Now = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string _name = $"telemetry-{Guid.NewGuid():n}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_has_a_span_by_the_conventions()
    {
        using var spans = new RecordedSpans(_name);

        await HandleAsync(Body(correlation: "order-7"), (_, _) => Task.FromResult(Verdict.Done));

        var span = spans.Single;
        Assert.Equal(("process events.fifo", ActivityKind.Consumer, ActivityStatusCode.Unset), (span.DisplayName, span.Kind, span.Status));
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["messaging.system"] = "aws_sqs",
                ["messaging.operation.name"] = "process",
                ["messaging.operation.type"] = "process",
                ["messaging.destination.name"] = "events.fifo",
                ["messaging.consumer.group.name"] = _name,
                ["messaging.message.id"] = "sqs-1",
                ["messaging.message.conversation_id"] = "order-7",
                ["cloudevents.event_id"] = "id-1",
                ["cloudevents.event_source"] = "/tests",
                ["cloudevents.event_type"] = "greeting.sent.v1",
                ["consumer.message.attempts"] = 3,
                ["consumer.verdict"] = "done",
            },
            span.TagObjects.ToDictionary());
        Assert.Equal("https://opentelemetry.io/schemas/1.44.0", span.Source.TelemetrySchemaUrl);
    }

    [Fact]
    public async Task Without_a_span_around_it_the_producer_is_parent_and_link()
    {
        using var spans = new RecordedSpans(_name);

        await HandleAsync(Body(trace: Producer), (_, _) => Task.FromResult(Verdict.Done));

        Assert.Equal(Producer, spans.Single.ParentId);
        Assert.Equal("b7ad6b7169203331", Assert.Single(spans.Single.Links).Context.SpanId.ToString());
    }

    [Fact]
    public async Task Inside_an_invocation_that_is_the_parent_and_the_producer_a_link()
    {
        using var spans = new RecordedSpans(_name);
        using var invocation = new Activity("invocation").Start();

        await HandleAsync(Body(trace: Producer), (_, _) => Task.FromResult(Verdict.Done));

        Assert.Equal(invocation.SpanId, spans.Single.ParentSpanId);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Assert.Single(spans.Single.Links).Context.TraceId.ToString());
        Assert.Equal(invocation, Activity.Current);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("rubbish")]
    public async Task A_message_without_a_usable_trace_context_begins_a_trace(string? trace)
    {
        using var spans = new RecordedSpans(_name);

        await HandleAsync(Body(trace: trace), (_, _) => Task.FromResult(Verdict.Done));

        Assert.Null(spans.Single.ParentId);
        Assert.Empty(spans.Single.Links);
    }

    [Fact]
    public async Task What_a_handler_sends_has_its_span_as_producer()
    {
        using var spans = new RecordedSpans(_name);
        OutgoingMessage? sent = null;

        await HandleAsync(Body(trace: Producer), (message, _) =>
        {
            sent = OutgoingMessage.Create(new("id-2", "/tests", "greeting.sent.v1", Now), message.Data, TestJson.Default.Greeting, "key", ["topic"]);
            return Task.FromResult(Verdict.Done);
        });

        Assert.Equal(spans.Single.Id, CloudEventReader.Read(Encoding.UTF8.GetBytes(sent!.Body)).Event.TraceParent);
    }

    [Theory]
    [InlineData("retry", "retry", "retry")]
    [InlineData("dead", "dead_letter", "dead_letter")]
    [InlineData("throw", "retry", "System.InvalidOperationException")]
    [InlineData("cancel", "retry", "timeout")]
    [InlineData("discard", "discard", null)]
    [InlineData("defer", "defer", null)]
    public async Task A_failure_is_an_error_and_tells_nothing_of_people(string what, string verdict, string? errorType)
    {
        using var spans = new RecordedSpans(_name);
        using var measured = new RecordedMeasurements(_name);

        await HandleAsync(Body(what), AnswerAsync, new(canceled: what == "cancel"));

        var span = spans.Single;
        Assert.Equal((verdict, errorType), (span.GetTagItem("consumer.verdict"), span.GetTagItem("error.type")));
        Assert.Equal(errorType is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
        Assert.DoesNotContain("secret", string.Join('|', span.TagObjects.Select(t => t.Value)), StringComparison.Ordinal);
        var consumed = Assert.Single(measured.Of("messaging.client.consumed.messages"));
        Assert.Equal((verdict, errorType), (consumed["consumer.verdict"], consumed["error.type"]));
    }

    [Fact]
    public async Task A_message_that_cannot_be_decoded_has_a_span_and_is_counted()
    {
        using var spans = new RecordedSpans(_name);
        using var measured = new RecordedMeasurements(_name);

        await HandleAsync("rubbish", AnswerAsync);

        Assert.Equal("Messaging.Envelope.InvalidCloudEventException", spans.Single.GetTagItem("error.type"));
        Assert.Equal("sqs-1", spans.Single.GetTagItem("messaging.message.id"));
        Assert.Equal("_OTHER", Assert.Single(measured.Of("messaging.client.consumed.messages"))["cloudevents.event_type"]);
        Assert.Equal("InvalidCloudEventException", Assert.Single(measured.Of("consumer.verdicts"))["consumer.verdict.reason"]);
    }

    [Fact]
    public async Task Counts_times_and_attempts_are_measured_by_consumer_type_and_verdict()
    {
        using var measured = new RecordedMeasurements(_name);

        await HandleAsync(Body(), (_, _) => Task.FromResult(Verdict.Done));

        foreach (var (instrument, unit, value) in new (string, string, double?)[]
        {
            ("messaging.client.consumed.messages", "{message}", 1),
            ("messaging.process.duration", "s", null),
            ("consumer.message.attempts", "{attempt}", 3),
            ("consumer.message.age", "s", 90),
            ("consumer.message.lag", "s", 60),
        })
        {
            var measurement = Assert.Single(measured.Of(instrument));
            Assert.Equal(unit, measurement.Instrument.Unit);
            Assert.Equal(value ?? measurement.Value, measurement.Value);
            Assert.Equal(("greeting.sent.v1", "done", "events.fifo"), (measurement["cloudevents.event_type"], measurement["consumer.verdict"], measurement["messaging.destination.name"]));
            Assert.Equal(("aws_sqs", "process"), (measurement["messaging.system"], measurement["messaging.operation.name"]));
        }

        Assert.Equal([1, -1], measured.Of("consumer.active_messages").Select(m => m.Value));
        Assert.Empty(measured.Of("consumer.verdicts"));
    }

    [Fact]
    public async Task Senders_cannot_make_time_series()
    {
        using var measured = new RecordedMeasurements(_name);

        await HandleAsync(Body(type: "made.up.v1"), AnswerAsync);

        Assert.Equal("_OTHER", Assert.Single(measured.Of("messaging.client.consumed.messages"))["cloudevents.event_type"]);
    }

    [Fact]
    public async Task Reasons_are_told_apart_up_to_a_bound()
    {
        using var measured = new RecordedMeasurements(_name);
        var n = 0;
        var consumer = Consumer((_, _) => Task.FromResult(Verdict.Retry($"reason {n++}")));

        for (var i = 0; i < 60; i++)
            await consumer.HandleAsync(Delivery(Body()), Ct);
        n = 0;
        await consumer.HandleAsync(Delivery(Body()), Ct);

        var reasons = measured.Of("consumer.verdicts").Select(m => (string)m["consumer.verdict.reason"]!).ToArray();
        Assert.Equal([.. Enumerable.Range(0, 50).Select(i => $"reason {i}"), .. Enumerable.Repeat("other", 10), "reason 0"], reasons);
    }

    [Fact]
    public async Task A_long_reason_is_cut()
    {
        using var measured = new RecordedMeasurements(_name);

        await HandleAsync(Body(), (_, _) => Task.FromResult(Verdict.Discard(new string('x', 5_000))));

        Assert.Equal(new string('x', 100), Assert.Single(measured.Of("consumer.verdicts"))["consumer.verdict.reason"]);
    }

    [Fact]
    public async Task A_clock_that_goes_ahead_makes_no_negative_age()
    {
        using var measured = new RecordedMeasurements(_name);

        await HandleAsync(Body(time: Now.AddMinutes(5)), (_, _) => Task.FromResult(Verdict.Done));

        Assert.Equal(0, Assert.Single(measured.Of("consumer.message.age")).Value);
    }

    private static Task<Verdict> AnswerAsync(Received<Greeting> message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(message.Data.Text switch
        {
            "retry" => Verdict.Retry("secret"),
            "dead" => Verdict.DeadLetter("secret"),
            "discard" => Verdict.Discard("secret"),
            "defer" => Verdict.Defer(Now, "secret"),
            "throw" => throw new InvalidOperationException("secret"),
            _ => Verdict.Done,
        });
    }

    private static string Body(
        string text = "hello", string type = "greeting.sent.v1", string? trace = null, string? correlation = null, DateTimeOffset? time = null) =>
        Encoding.UTF8.GetString(CloudEventWriter.Write(
            new("id-1", "/tests", type, time ?? Now.AddSeconds(-90)) { TraceParent = trace, CorrelationId = correlation }, new Greeting(text), TestJson.Default.Greeting).Span);

    private static Delivery Delivery(string body) => new()
    {
        MessageId = "sqs-1",
        ReceiptHandle = "handle",
        Source = "arn:aws:sqs:us-east-1:000000000000:events.fifo",
        Body = Encoding.UTF8.GetBytes(body),
        ReceiveCount = 3,
        SentAt = Now.AddSeconds(-60),
    };

    private Consumer Consumer(MessageHandler<Greeting> handler) =>
        new Consumer(_name, NullLogger.Instance) { Clock = new StoppedClock() }.On("greeting.sent.v1", TestJson.Default.Greeting, handler);

    private async Task HandleAsync(string body, MessageHandler<Greeting> handler, CancellationToken? stop = null) =>
        await Consumer(handler).HandleAsync(Delivery(body), stop ?? Ct);

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
