using System.Globalization;
using LocalCloud.DynamoDb.Tables;
using LocalCloud.Http;

namespace LocalCloud.DynamoDb;

/// <summary>DynamoDB and its streams over AWS JSON 1.0.</summary>
internal sealed class DynamoDbProtocol(Database database) : IService
{
    private const string JsonType = "application/x-amz-json-1.0";

    /// <summary>32 levels of attributes, two of JSON each, and what a transaction puts around them.</summary>
    private const int JsonDepth = 128;

    private static readonly string[] Targets = ["DynamoDB_20120810.", "DynamoDBStreams_20120810."];

    /// <summary>Their body is empty, not an empty object: AWS's client for .NET does not read it and takes its checksum to be 0.</summary>
    private static readonly string[] WithoutAnswer = ["TagResource", "UntagResource"];

    public string Name => ServiceName.DynamoDb;

    public int LargestBody => Limits.TableRequestBytes;

    public string? ActionOf(Call call)
    {
        var header = call.Http.Request.Headers["X-Amz-Target"].ToString();
        return Targets.FirstOrDefault(target => header.StartsWith(target, StringComparison.Ordinal)) is { } found ? header[found.Length..] : null;
    }

    public Task HandleAsync(Call call) => AnswerAsync(call, 200, Run(call));

    public Task RefuseAsync(Call call, ServiceException error) => AnswerAsync(call, error.Status, JsonBody.Write(output => ErrorAnswer.Write(output, error)));

    private static Task AnswerAsync(Call call, int status, ReadOnlyMemory<byte> body)
    {
        call.Http.Response.Headers["x-amz-crc32"] = Crc32.Of(body.Span).ToString(CultureInfo.InvariantCulture);
        return call.AnswerAsync(status, JsonType, body);
    }

    private ReadOnlyMemory<byte> Run(Call call)
    {
        if (ActionOf(call) is not { } action || !DynamoDbOperations.All.TryGetValue(action, out var operation))
        {
            throw DynamoDbError.UnknownOperation(ActionOf(call));
        }

        return JsonBody.Read(
            call.Body,
            input =>
            {
                lock (database.Gate)
                {
                    var answer = JsonBody.Write(output => operation(new DynamoDbCall(database, call, new DynamoDbInput(input), output)));
                    return WithoutAnswer.Contains(action) ? ReadOnlyMemory<byte>.Empty : answer;
                }
            },
            DynamoDbError.Malformed,
            JsonDepth);
    }
}
