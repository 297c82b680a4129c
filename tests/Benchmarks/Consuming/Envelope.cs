using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.SQSEvents;
using Contracts;

namespace Benchmarks.Consuming;

/// <summary>A CloudEvents envelope as one writes it by hand.</summary>
internal sealed record Envelope(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("time")] DateTimeOffset Time,
    [property: JsonPropertyName("data")] PlaceBooking Data)
{
    [JsonPropertyName("partitionkey")]
    public string? PartitionKey { get; init; }

    [JsonPropertyName("correlationid")]
    public string? CorrelationId { get; init; }

    [JsonPropertyName("causationid")]
    public string? CausationId { get; init; }

    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }
}

/// <summary>The options of <see cref="MessageJson"/>, for the envelope.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Envelope))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;

/// <summary>What Lambda's own serializer reads and writes.</summary>
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class LambdaJson : JsonSerializerContext;
