using System.Text.Json;

namespace Messaging.Telemetry;

/// <summary>
/// Writes a series in CloudWatch's Embedded Metric Format: one JSON object a line, from which CloudWatch Logs takes the metrics. Far below the
/// bounds of the format, which are 100 metrics, 30 dimensions and 1 MB.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html"/>
internal static class EmfLine
{
    public static void Write(Utf8JsonWriter json, EmfSeries series, string @namespace, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteStartObject("_aws"u8);
        json.WriteNumber("Timestamp"u8, now.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics"u8);
        foreach (var dimensions in EmfMetric.AllDimensions)
            WriteDirective(json, series, @namespace, dimensions);
        json.WriteEndArray();
        json.WriteEndObject();

        WriteText(json, "Consumer", Dimension(series.Key.Consumer));
        WriteText(json, "Type", Dimension(series.Key.Type));
        WriteText(json, "Verdict", series.Key.Verdict);
        WriteText(json, "Destination", Dimension(series.Key.Destination));
        WriteText(json, "Queue", series.Queue);
        foreach (var metric in EmfMetric.All.Where(series.Has))
            WriteValue(json, series, metric);
        WriteCounts(json, "Reasons", series.Reasons);
        WriteCounts(json, "Errors", series.Errors);
        json.WriteEndObject();
    }

    private static void WriteDirective(Utf8JsonWriter json, EmfSeries series, string @namespace, IReadOnlyList<string> dimensions)
    {
        var metrics = EmfMetric.All.Where(m => m.Dimensions == dimensions && series.Has(m)).ToArray();
        if (metrics.Length == 0)
            return;

        json.WriteStartObject();
        json.WriteString("Namespace"u8, @namespace);
        json.WriteStartArray("Dimensions"u8);
        json.WriteStartArray();
        foreach (var dimension in dimensions)
            json.WriteStringValue(dimension);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics"u8);
        foreach (var metric in metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, metric.Name);
            json.WriteString("Unit"u8, metric.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, EmfSeries series, EmfMetric metric)
    {
        if (metric.Kind != EmfKind.Distribution)
        {
            json.WriteNumber(metric.Name, series.Number(metric));
            return;
        }

        json.WriteStartArray(metric.Name);
        foreach (var value in series.Values(metric))
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, Dictionary<string, long> counts)
    {
        if (counts.Count == 0)
            return;
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
            json.WriteNumber(key, count);
        json.WriteEndObject();
    }

    // CloudWatch drops a metric whose dimension is blank or has anything but ASCII.
    private static string? Dimension(string? text) => text switch
    {
        null => null,
        _ when string.IsNullOrWhiteSpace(text) => "-",
        _ => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?')),
    };
}
