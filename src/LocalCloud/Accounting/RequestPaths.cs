using LocalCloud.Http;

namespace LocalCloud.Accounting;

/// <summary><c>/_local/requests</c>: GET tells the counts, DELETE begins anew.</summary>
internal static class RequestPaths
{
    private const string Path = "/_local/requests";

    public static LocalPaths AddRequests(this LocalPaths paths, RequestLedger ledger) => paths
        .Add("GET", Path, call => call.AnswerAsync(200, "application/json", Write(ledger.Read())))
        .Add("DELETE", Path, call =>
        {
            ledger.Clear();
            return call.AnswerAsync(204, null, default);
        });

    // {"billed":3,"services":{"sqs":{"SendMessage":{"calls":2,"failed":0,"billed":3}}}}
    private static ReadOnlyMemory<byte> Write(RequestCounts requests) => JsonBody.Write(json =>
    {
        json.WriteNumber("billed"u8, requests.Billed);
        json.WriteStartObject("services"u8);
        foreach (var service in requests.Counts.GroupBy(count => count.Service))
        {
            json.WriteStartObject(service.Key);
            foreach (var count in service)
            {
                json.WriteStartObject(count.Action);
                json.WriteNumber("calls"u8, count.Calls);
                json.WriteNumber("failed"u8, count.Failed);
                json.WriteNumber("billed"u8, count.Billed);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    });
}
