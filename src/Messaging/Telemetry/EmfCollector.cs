using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Messaging.Telemetry;

/// <summary>
/// Takes up what the library measures in this process and writes it as lines in CloudWatch's Embedded Metric Format when it is told to: one
/// for each consumer, type and verdict that occurred, and for each destination of the outbox. A series with 100 values of a kind is written at once, so memory is bounded by the number of series.
/// </summary>
internal sealed class EmfCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<EmfKey, EmfSeries> _series = [];
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(1_024);
    private readonly string _namespace;
    private readonly TimeProvider _time;
    private readonly Action<ReadOnlySpan<byte>> _write;

    /// <summary>Listens from now on.</summary>
    /// <param name="namespace">CloudWatch's namespace for the metrics.</param>
    /// <param name="time">The clock.</param>
    /// <param name="write">Gets a whole line with its end, UTF-8.</param>
    public EmfCollector(string @namespace, TimeProvider time, Action<ReadOnlySpan<byte>> write)
    {
        (_namespace, _time, _write) = (@namespace, time, write);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter != MessagingTelemetry.Meter)
                return;
            if (Array.Find(EmfMetric.All, m => m.Instrument == instrument.Name) is { } metric)
                listener.EnableMeasurementEvents(instrument, metric);
            else if (instrument.Name == InstrumentNames.Verdicts)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, metric) => Record(metric as EmfMetric, value, new(tags)));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, metric) => Record(metric as EmfMetric, value, new(tags)));
        _listener.Start();
    }

    /// <summary>Writes what was measured since the last time: before a Lambda answers, for it may be frozen right after.</summary>
    /// <param name="cancellationToken">Not looked at: nothing is waited for.</param>
    /// <returns>A task that is over.</returns>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var series in _series.Values)
                Write(series);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Record(EmfMetric? metric, double value, EmfTags tags)
    {
        lock (_lock)
        {
            var key = EmfKey.Of(tags);
            if (!_series.TryGetValue(key, out var series))
                _series.Add(key, series = new(key));

            if (key.Consumer is not null)
                series.Queue = tags.Destination ?? series.Queue;
            if (tags.Reason is { } reason)
                EmfSeries.Count(series.Reasons, reason);

            // The histograms name the same error again.
            if (tags.Error is { } error && metric is { Kind: EmfKind.Sum })
                EmfSeries.Count(series.Errors, error);
            if (metric is not null && !series.Add(metric, value))
                Write(series);
        }
    }

    private void Write(EmfSeries series)
    {
        if (series.IsEmpty)
            return;
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer))
            EmfLine.Write(json, series, _namespace, _time.GetUtcNow());
        _buffer.Write("\n"u8);
        series.Clear();
        _write(_buffer.WrittenSpan);
    }
}
