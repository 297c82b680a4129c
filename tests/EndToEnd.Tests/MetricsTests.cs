using System.Text.Json.Nodes;
using static EndToEnd.Tests.BookingClient;

namespace EndToEnd.Tests;

/// <summary>What functions print for CloudWatch.</summary>
public sealed class MetricsTests
{
    private static readonly string[] Consumers = ["booking", "email", "finance", "partner"];

    [Fact]
    public async Task Each_consumer_of_a_booking_prints_its_metrics_when_they_are_asked_for()
    {
        await using var local = await LocalProcess.StartWithAsync("EMF", "on");
        using var client = new BookingClient(local.Address);
        var id = await client.BookAsync(Booking());
        await client.WaitAsync(id, r => r.IsConfirmedEverywhere);

        // A function prints them after the effect, right before its answer.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Consumers.All(consumer => Lines(local).Any(line => (string?)line["Consumer"] == consumer)))
            await Task.Delay(50, patience.Token);

        var booking = Lines(local).First(line => (string?)line["Consumer"] == "booking");
        Assert.Equal(("booking.place.v1", "done", 1), ((string?)booking["Type"], (string?)booking["Verdict"], (int)booking["Messages"]!));
        Assert.All(Lines(local), line => Assert.NotEmpty(line["_aws"]!["CloudWatchMetrics"]!.AsArray()));
        Assert.DoesNotContain("ada@example.com", string.Join('\n', Lines(local).Select(line => line.ToJsonString())), StringComparison.OrdinalIgnoreCase);
    }

    private static IReadOnlyList<JsonObject> Lines(LocalProcess local) =>
        [.. local.Output.Split(Environment.NewLine).Where(line => line.Contains("{\"_aws\":", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line[line.IndexOf("{\"_aws\":", StringComparison.Ordinal)..])!.AsObject())];
}
