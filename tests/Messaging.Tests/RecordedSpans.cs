using System.Collections.Concurrent;
using System.Diagnostics;
using Messaging.Telemetry;

namespace Messaging.Tests;

/// <summary>The spans of one consumer. Tests run side by side, so others are left out.</summary>
internal sealed class RecordedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public RecordedSpans(string consumer)
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == MessagingTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.GetTagItem("messaging.consumer.group.name") as string == consumer)
                    _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> All => [.. _spans];

    public Activity Single => Assert.Single(_spans);

    public void Dispose() => _listener.Dispose();
}
