using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Messaging.Telemetry;

/// <summary>
/// What the library tells of itself: spans and metrics by the OpenTelemetry semantic conventions for messaging, version 1.44.0. What those
/// do not name (verdict, attempts, age, lag, duplicates) begins with <c>consumer.</c>. Nothing is measured while nobody listens.
/// <para>
/// A message has a span "process {queue}" of kind consumer, linked to its producer, whose context is the envelope's <c>traceparent</c>. Its
/// parent is the span around it, such as the one of the Lambda invocation, for the conventions advise against the producer there; without
/// one it is the producer, so that a flow through several queues is one trace.
/// </para>
/// </summary>
/// <seealso href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/"/>
public static class MessagingTelemetry
{
    /// <summary>The name of the one activity source and of the one meter: for <c>AddSource</c> and <c>AddMeter</c>.</summary>
    public const string Name = "Messaging";

    private const string Schema = "https://opentelemetry.io/schemas/1.44.0";

    internal static ActivitySource Source { get; } = new(new ActivitySourceOptions(Name) { TelemetrySchemaUrl = Schema });

    internal static Meter Meter { get; } = new(new MeterOptions(Name) { TelemetrySchemaUrl = Schema });
}
