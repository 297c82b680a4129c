using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Local.Observation;

/// <summary>
/// Stands in for the partner: takes <c>PUT …/stays/{booking id}</c>, answers 204, and remembers each call. Bounded: the oldest are forgotten first.
/// </summary>
internal sealed class PartnerApi(TimeProvider time)
{
    private const int MostCalls = 20_000;
    private const int LargestBody = 64 * 1_024;

    private readonly ConcurrentQueue<(Guid Booking, PartnerCall Call)> _calls = new();

    /// <summary>The calls for a booking, oldest first.</summary>
    public IReadOnlyList<PartnerCall> CallsFor(Guid booking) => [.. _calls.Where(c => c.Booking == booking).Select(c => c.Call)];

    /// <summary>Takes a call.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!Guid.TryParse(context.Request.RouteValues["id"] as string, out var booking) || context.Request.ContentLength is null or > LargestBody)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        _calls.Enqueue((booking, new(
            time.GetUtcNow(), context.Request.Method, $"/stays/{booking}", context.Request.Headers["Idempotency-Key"], body.RootElement.Clone())));
        while (_calls.Count > MostCalls)
            _calls.TryDequeue(out _);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
