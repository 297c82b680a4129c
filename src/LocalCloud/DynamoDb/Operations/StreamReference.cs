using LocalCloud.DynamoDb.Streams;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>The stream that a request names.</summary>
internal static class StreamReference
{
    /// <exception cref="Http.ServiceException">There is no such stream, or the caller may not.</exception>
    public static TableStream Find(DynamoDbCall call, string action, string arn)
    {
        call.Demand(action, arn);
        var stream = call.Database.Streams.FirstOrDefault(stream => stream.Arn == arn) ?? throw DynamoDbError.NotFound($"Stream: {Http.Excerpt.Of(arn)} not found");
        stream.Trim(call.Database.Now);
        return stream;
    }
}
