using Messaging.Consuming;

namespace Messaging.Telemetry;

/// <summary>What a consumer tells of the messages it handles.</summary>
internal sealed class ConsumerTelemetry(string consumer)
{
    private Queue _queue = new("", "", "");

    public string Consumer { get; } = consumer;

    public ReasonNames Reasons { get; } = new();

    /// <summary>For ages; the queue's and the sender's clocks are the real one.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Begins with a message. Null, and at no cost, while nobody listens.</summary>
    public Processing? Start(Delivery delivery) =>
        MessagingTelemetry.Source.HasListeners() || ConsumerMetrics.Enabled ? new(this, delivery) : null;

    /// <summary>The queue's name, from its ARN or its address, and its spans' name. A consumer has one queue, so the last one is kept.</summary>
    public Queue QueueOf(string source)
    {
        var queue = _queue;
        if (queue.Source == source)
            return queue;
        var name = source[(source.LastIndexOfAny([':', '/']) + 1)..];
        return _queue = new(source, name, $"{Names.Process} {name}");
    }

    /// <summary>A queue as telemetry names it.</summary>
    public sealed record Queue(string Source, string Name, string Span);
}
