using System.Text;
using Messaging.Consuming;
using Messaging.Envelope;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Tests.Model;

/// <summary>Mangled envelopes, always the same ones: each gets a verdict, and no reason tells what was in it.</summary>
public sealed class DecodingFuzzTests
{
    private const int Envelopes = 50_000;
    private const int Seed = 20261121;
    private const string Guest = "Qz7-Guest-Name-xK9";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_mangled_envelope_gets_a_verdict_that_does_not_quote_it()
    {
        using var patience = new CancellationTokenSource(Patience);
        var consumer = new Consumer("tests", NullLogger.Instance).On("greeting.sent.v1", TestJson.Default.Greeting, (_, _) => Task.FromResult(Verdict.Done));
        var random = new Random(Seed);
        var done = 0;
        for (var i = 0; i < Envelopes; i++)
        {
            var body = Mangle(Envelope(i), random);
            var verdict = await consumer.HandleAsync(body, 1, patience.Token);
            Assert.True(verdict is Verdict.Completed or Verdict.DeadLettered, $"Envelope {i} is {verdict}.");
            done += verdict is Verdict.Completed ? 1 : 0;
            if (verdict is Verdict.DeadLettered(var reason, _, _) && !reason.Contains("has no handler for the type", StringComparison.Ordinal))
                Assert.False(Quotes(reason), $"Envelope {i} is quoted: {reason}");
        }

        Assert.InRange(done, 1, Envelopes / 2);
    }

    [Fact]
    public void A_mangled_envelope_is_read_or_refused_and_never_anything_else()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Envelopes; i++)
        {
            var body = Mangle(Envelope(i), random);
            try
            {
                var (read, data) = CloudEventReader.Read(body);
                Assert.False(string.IsNullOrEmpty(read.Id) || data.IsEmpty, $"Envelope {i} is read without an id or data.");
            }
            catch (InvalidCloudEventException e)
            {
                Assert.False(Quotes(e.Message), $"Envelope {i} is quoted: {e.Message}");
            }
        }
    }

    private static byte[] Envelope(int i) => CloudEventWriter.Write(
        new(Guest, $"/{Guest}", i % 3 == 0 ? "greeting.sent.v1" : Guest, DateTimeOffset.UnixEpoch) { PartitionKey = Guest, CorrelationId = Guest, TraceParent = Guest },
        new Greeting(Guest),
        TestJson.Default.Greeting).ToArray();

    private static byte[] Mangle(byte[] envelope, Random random)
    {
        List<byte> bytes = [.. envelope];
        for (var n = random.Next(1, 5); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 5:
                    bytes.InsertRange(at, Trouble[random.Next(Trouble.Length)]);
                    break;
                case 6:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)"[{\"-0 "[random.Next(6)], random.Next(1, 2_000)));
                    break;
                case 7:
                    Replace(bytes, Values[random.Next(Values.Length)], Trouble[random.Next(Trouble.Length)]);
                    break;
                default:
                    bytes.AddRange(bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Replace(List<byte> bytes, byte[] old, byte[] by)
    {
        var at = bytes.ToArray().AsSpan().IndexOf(old);
        if (at < 0)
            return;
        bytes.RemoveRange(at, old.Length);
        bytes.InsertRange(at, by);
    }

    private static readonly byte[][] Values = [.. new[] { $"\"{Guest}\"", "\"1.0\"", "\"1970-01-01T00:00:00+00:00\"", $"{{\"text\":\"{Guest}\"}}" }.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] Trouble =
    [
        .. new[]
        {
            "null", "true", "1e999", "-0", "\"\"", "{}", "[]", "\"\\ud800\"", "\"\\u0000\"", "\\", "\"", "}", "{\"data\":", "\"id\":7,", "\"data\":null,", "/*", "//",
            "\"9999-12-31T23:59:60Z\"", new string('9', 400), $"\"{new string('a', 1_025)}\"", "\ufeff", "\u2028",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff, 0xfe], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x9f],
    ];

    // Five characters in a row are no coincidence.
    private static bool Quotes(string reason) =>
        Enumerable.Range(0, Guest.Length - 4).Any(i => reason.Contains(Guest.AsSpan(i, 5), StringComparison.Ordinal));
}
