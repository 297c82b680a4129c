using System.Text;

namespace LocalCloud.Kinesis.Operations;

internal static class ListStreams
{
    private const int Usual = 100;
    private const int Most = 10_000;

    public static void Run(KinesisCall call)
    {
        call.Json.Call.Demand("kinesis:ListStreams", "*");
        var size = call.Input.Number("Limit", 1, Most) ?? Usual;
        var after = call.Input.Text("NextToken", 1) is { } token ? FromToken(token) : call.NameIn("ExclusiveStartStreamName");
        var rest = call.Streams.All.Where(stream => after is null || string.CompareOrdinal(stream.Name, after) > 0).ToList();
        var page = rest.Take(size).ToList();
        call.Output.WriteStartArray("StreamNames"u8);
        page.ForEach(stream => call.Output.WriteStringValue(stream.Name));
        call.Output.WriteEndArray();
        call.Output.WriteStartArray("StreamSummaries"u8);
        foreach (var stream in page)
        {
            call.Output.WriteStartObject();
            StreamNames.WriteOne(call, stream);
            call.Output.WriteEndObject();
        }

        call.Output.WriteEndArray();
        call.Output.WriteBoolean("HasMoreStreams"u8, rest.Count > size);
        if (rest.Count > size)
        {
            call.Output.WriteString("NextToken"u8, Convert.ToBase64String(Encoding.ASCII.GetBytes(page[^1].Name)));
        }
    }

    private static string FromToken(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.ASCII.GetString(bytes, 0, length) : throw KinesisError.InvalidArgument("NextToken is none that this service gave out.");
    }
}
