using System.Net;
using System.Text.Json.Nodes;
using Crash.Load;

namespace Crash.Judging;

/// <summary>The partner's books: a call whose idempotency key it has seen is answered and has no effect.</summary>
internal sealed class PartnerCalls(HttpClient local)
{
    private const int MostAttempts = 10;
    private readonly Dictionary<Guid, IReadOnlyList<(string Key, string Status)>> _calls = [];

    /// <summary>Calls that the partner absorbed.</summary>
    public int Repeated { get; private set; }

    /// <summary>Asks for the calls about these bookings, which the partner remembers for a while only.</summary>
    public async Task AddAsync(IEnumerable<Wish> wishes)
    {
        foreach (var chunk in wishes.Chunk(8))
        {
            foreach (var (id, calls) in await Task.WhenAll(chunk.Select(async wish => (wish.Id, await CallsAsync(wish.Id)))))
                _calls[id] = calls;
        }
    }

    public Tally Judge(IReadOnlyDictionary<Guid, BookingRow> bookings)
    {
        var tally = new Tally("partner");
        Repeated = _calls.Values.Sum(calls => calls.Count - calls.DistinctBy(call => call.Key).Count());
        foreach (var (id, calls) in _calls)
        {
            var due = bookings.TryGetValue(id, out var booking) ? booking.LedgerEvents : [];
            tally.Judge(id, due, [.. calls.DistinctBy(call => call.Key).Select(call => call.Status)], isOrdered: false);
        }

        return tally;
    }

    private async Task<IReadOnlyList<(string Key, string Status)>> CallsAsync(Guid booking)
    {
        // Its reports are read from PostgreSQL, which has just been killed under connections that look well: a failure is no answer.
        for (var attempt = 1; ; attempt++)
        {
            using var response = await local.GetAsync($"/local/bookings/{booking}");
            if (response.StatusCode == HttpStatusCode.NotFound)
                return [];
            if (response.IsSuccessStatusCode)
            {
                var report = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
                return [.. report["partnerCalls"]!.AsArray().Select(call => ((string)call!["idempotencyKey"]!, (string)call["body"]!["status"]!))];
            }

            if (attempt == MostAttempts)
                throw new HttpRequestException($"Local does not report on booking {booking}: {(int)response.StatusCode}.", null, response.StatusCode);
            await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt));
        }
    }
}
