using System.Diagnostics;
using Messaging.Consuming;
using Messaging.Envelope;

namespace Messaging.Telemetry;

/// <summary>
/// One message, from its delivery to its verdict: a span and a set of measurements. A span carries identifiers and names, never the body, the
/// reason or an exception's message, for those may tell of people.
/// </summary>
internal sealed class Processing
{
    private readonly ConsumerTelemetry _telemetry;
    private readonly Delivery _delivery;
    private readonly ConsumerTelemetry.Queue _queue;
    private readonly long _started;
    private readonly bool _countsAsActive;
    private Activity? _activity;
    private long _answered;
    private bool _ended;
    private CloudEvent? _event;
    private string _type = Names.Other;

    public Processing(ConsumerTelemetry telemetry, Delivery delivery)
    {
        (_telemetry, _delivery) = (telemetry, delivery);
        _queue = telemetry.QueueOf(delivery.Source);
        _started = telemetry.Time.GetTimestamp();
        _countsAsActive = ConsumerMetrics.Active.Enabled;
        if (_countsAsActive)
            CountActive(1);
    }

    /// <summary>The envelope is read. From here on the span is the current one, so that what the handler sends has it as its producer.</summary>
    /// <param name="attributes">The envelope.</param>
    /// <param name="isRouted">Whether the consumer knows the type.</param>
    public void Decoded(CloudEvent attributes, bool isRouted)
    {
        _event = attributes;
        if (isRouted)
            _type = attributes.Type;
        if (MessagingTelemetry.Source.HasListeners())
            StartSpan(ActivityContext.TryParse(attributes.TraceParent, null, isRemote: true, out var producer) ? producer : default);
    }

    /// <summary>The handler has answered: what the answer comes to takes time that is not the handler's.</summary>
    public void Answered() => Volatile.Write(ref _answered, _telemetry.Time.GetTimestamp());

    /// <summary>It is known what the verdict comes to. Only the first time counts: the handler of an abandoned message may end yet.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="errorType">The kind of exception that led to it, if one did.</param>
    public void End(Verdict verdict, string? errorType)
    {
        if (Interlocked.Exchange(ref _ended, true))
            return;
        var (name, reason) = VerdictNames.Of(verdict);
        errorType ??= VerdictNames.ErrorType(verdict);
        if (_activity is null && MessagingTelemetry.Source.HasListeners())
            StartSpan(default);
        EndSpan(name, errorType);
        Measure(name, reason, errorType);
    }

    private void StartSpan(ActivityContext producer)
    {
        // What samplers decide by must be there from the start.
        var tags = new TagList
        {
            { Names.System, Names.Sqs },
            { Names.OperationName, Names.Process },
            { Names.OperationType, Names.Process },
            { Names.Destination, _queue.Name },
            { Names.ConsumerGroup, _telemetry.Consumer },
        };
        ActivityLink[]? links = producer == default ? null : [new(producer)];
        _activity = MessagingTelemetry.Source.StartActivity(
            ActivityKind.Consumer, Activity.Current is null ? producer : default, tags, links, name: _queue.Span);
        if (_activity is not { IsAllDataRequested: true } span)
            return;

        span.SetTag(Names.MessageId, _delivery.MessageId);
        span.SetTag(Names.Attempts, _delivery.ReceiveCount);
        if (_event is null)
            return;
        span.SetTag(Names.ConversationId, _event.CorrelationId ?? _event.Id);
        span.SetTag(Names.EventId, _event.Id);
        span.SetTag(Names.EventSource, _event.Source);
        span.SetTag(Names.EventType, _event.Type);
    }

    private void EndSpan(string verdict, string? errorType)
    {
        if (_activity is null)
            return;
        _activity.SetTag(Names.Verdict, verdict);
        if (errorType is not null)
        {
            _activity.SetTag(Names.ErrorType, errorType);
            _activity.SetStatus(ActivityStatusCode.Error);
        }

        _activity.Dispose();
    }

    private void Measure(string verdict, string? reason, string? errorType)
    {
        if (_countsAsActive)
            CountActive(-1);
        if (reason is not null && ConsumerMetrics.Verdicts.Enabled)
        {
            ConsumerMetrics.Verdicts.Add(
                1, new TagList { { Names.ConsumerGroup, _telemetry.Consumer }, { Names.EventType, _type }, { Names.Verdict, verdict }, { Names.Reason, _telemetry.Reasons.Of(reason) } });
        }

        var tags = new TagList
        {
            { Names.System, Names.Sqs },
            { Names.OperationName, Names.Process },
            { Names.Destination, _queue.Name },
            { Names.ConsumerGroup, _telemetry.Consumer },
            { Names.EventType, _type },
            { Names.Verdict, verdict },
        };
        if (errorType is not null)
            tags.Add(Names.ErrorType, errorType);

        var now = _telemetry.Time.GetUtcNow();
        ConsumerMetrics.Consumed.Add(1, tags);
        var answered = Volatile.Read(ref _answered) is var at and > 0 ? at : _telemetry.Time.GetTimestamp();
        ConsumerMetrics.Duration.Record(_telemetry.Time.GetElapsedTime(_started, answered).TotalSeconds, tags);
        ConsumerMetrics.Attempts.Record(_delivery.ReceiveCount, tags);
        if (_event is not null)
            ConsumerMetrics.Age.Record(Seconds(_event.Time, now), tags);
        if (_delivery.SentAt is { } sent)
            ConsumerMetrics.Lag.Record(Seconds(sent, now), tags);
    }

    private void CountActive(int change) => ConsumerMetrics.Active.Add(
        change, new(Names.ConsumerGroup, _telemetry.Consumer), new(Names.Destination, _queue.Name));

    // Two clocks are compared: one that goes ahead must not make an age negative.
    private static double Seconds(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (to - from).TotalSeconds);
}
