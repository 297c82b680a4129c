using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Messaging.Telemetry;

namespace Messaging.Tests;

/// <summary>A value of an instrument with its attributes.</summary>
internal sealed record Measurement(Instrument Instrument, double Value, IReadOnlyDictionary<string, object?> Tags)
{
    public object? this[string tag] => Tags.GetValueOrDefault(tag);
}

/// <summary>What was measured of one consumer, or of what else a tag names. Tests run side by side, so others are left out.</summary>
internal sealed class RecordedMeasurements : IDisposable
{
    private readonly ConcurrentQueue<Measurement> _measurements = new();
    private readonly MeterListener _listener = new();
    private readonly string _name;
    private readonly string _tag;

    public RecordedMeasurements(string name, string tag = "messaging.consumer.group.name")
    {
        (_name, _tag) = (name, tag);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MessagingTelemetry.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Measurement> Of(string instrument) => [.. _measurements.Where(m => m.Instrument.Name == instrument)];

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var measurement = new Measurement(instrument, value, tags.ToArray().ToDictionary(StringComparer.Ordinal));
        if (measurement[_tag] as string == _name)
            _measurements.Enqueue(measurement);
    }
}
