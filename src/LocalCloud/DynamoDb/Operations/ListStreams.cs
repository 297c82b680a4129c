namespace LocalCloud.DynamoDb.Operations;

internal static class ListStreams
{
    private const int Most = 100;

    public static void Run(DynamoDbCall call)
    {
        call.Demand("ListStreams", "*");
        var table = call.Input.Has("TableName") ? TableName.Read(call.Input) : null;
        var limit = (int)(call.Input.Number("Limit", 1, Most) ?? Most);
        var start = call.Input.Text("ExclusiveStartStreamArn");
        var streams = call.Database.Streams.Where(stream => table is null || stream.Table == table).OrderBy(stream => stream.Arn, StringComparer.Ordinal)
            .Where(stream => start is null || string.CompareOrdinal(stream.Arn, start) > 0).Take(limit + 1).ToList();
        call.Output.WriteStartArray("Streams"u8);
        foreach (var stream in streams.Take(limit))
        {
            call.Output.WriteStartObject();
            call.Output.WriteString("StreamArn"u8, stream.Arn);
            call.Output.WriteString("TableName"u8, stream.Table);
            call.Output.WriteString("StreamLabel"u8, stream.Label);
            call.Output.WriteEndObject();
        }

        call.Output.WriteEndArray();
        if (streams.Count > limit)
        {
            call.Output.WriteString("LastEvaluatedStreamArn"u8, streams[limit - 1].Arn);
        }
    }
}
