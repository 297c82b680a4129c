using System.Text.Json;
using Benchmarks.Consuming;
using Contracts;
using Messaging.Publishing;

namespace Benchmarks.Publishing;

/// <summary>A message from its record to what is sent, beside the serializer alone.</summary>
internal static class EnvelopeBenchmark
{
    private const int Rounds = 25;
    private const int MessagesInRound = 40_000;
    private static readonly string[] Destinations = ["booking-commands"];

    public static async Task RunAsync()
    {
        var (data, attributes) = (Samples.Data, Samples.Attributes);
        var key = attributes.PartitionKey!;
        var envelope = new Consuming.Envelope("1.0", attributes.Id, attributes.Source, attributes.Type, attributes.Time, data)
        {
            PartitionKey = key,
            CorrelationId = attributes.CorrelationId,
            TraceParent = attributes.TraceParent,
        };
        object? last = null;

        var costs = await new SideBySide(Rounds, MessagesInRound).MeasureAsync(
            () => Keep(JsonSerializer.SerializeToUtf8Bytes(data, MessageJson.Default.PlaceBooking)),
            () => Keep(JsonSerializer.Serialize(envelope, EnvelopeJson.Default.Envelope)),
            () => Keep(OutgoingMessage.Create(attributes, data, MessageJson.Default.PlaceBooking, key, Destinations)));

        var (raw, whole, library) = (costs[0], costs[1], costs[2]);
        Console.WriteLine($"envelope out: {Samples.Body.Length} bytes of it, {JsonSerializer.SerializeToUtf8Bytes(data, MessageJson.Default.PlaceBooking).Length} of them data");
        Print("serializer: the data alone, to UTF-8", raw);
        Print("serializer: an envelope by hand, to a string", whole);
        Print("library: OutgoingMessage.Create", library);
        Print("  more than the data alone", Difference(library, raw));
        Print("  more than the envelope by hand", Difference(library, whole));
        GC.KeepAlive(last);

        Task Keep(object made)
        {
            last = made;
            return Task.CompletedTask;
        }
    }

    private static Cost Difference(Cost one, Cost other) => new(one.Nanoseconds - other.Nanoseconds, one.Bytes - other.Bytes);

    private static void Print(string name, Cost cost) => Console.WriteLine($"{name,-48}{cost.Nanoseconds,9:0} ns {cost.Bytes,9:0} B");
}
