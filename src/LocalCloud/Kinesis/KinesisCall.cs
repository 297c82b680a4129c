using System.Text.Json;
using System.Text.RegularExpressions;
using LocalCloud.Http;

namespace LocalCloud.Kinesis;

/// <summary>One Kinesis request: what an operation gets and where it writes its answer.</summary>
/// <param name="Streams">The streams of the account.</param>
/// <param name="Json">The request.</param>
internal sealed partial record KinesisCall(KinesisStreams Streams, JsonCall Json)
{
    public JsonInput Input => Json.Input;

    public Utf8JsonWriter Output => Json.Output;

    /// <summary>The stream that the request names, by name or ARN, if the caller may do that to it.</summary>
    /// <exception cref="ServiceException">There is no such stream, or the caller may not.</exception>
    public KinesisStream Stream(string action) => Allowed(action, NameIn("StreamName") ?? NameInArn() ?? throw KinesisError.InvalidArgument("Name a stream by StreamName or StreamARN."));

    /// <exception cref="ServiceException">There is no such stream, or the caller may not.</exception>
    public KinesisStream Allowed(string action, string name)
    {
        Demand(action, name);
        return Streams.Find(name) ?? throw KinesisError.StreamNotFound(name, Streams.AccountId);
    }

    public void Demand(string action, string name) => Json.Call.Demand("kinesis:" + action, Streams.ArnOf(name));

    /// <summary>A stream's name; null when the member is not there.</summary>
    public string? NameIn(string member) => Input.Text(member, 1, 128) is not { } name || Name().IsMatch(name) ? Input.Text(member)
        : throw JsonInput.Invalid(member, name, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");

    private string? NameInArn()
    {
        var prefix = Streams.ArnOf("");
        return Input.Text("StreamARN", 1, 2048) is not { } arn ? null
            : arn.StartsWith(prefix, StringComparison.Ordinal) ? arn[prefix.Length..]
            : throw KinesisError.StreamNotFound(arn, Streams.AccountId);
    }

    [GeneratedRegex("^[a-zA-Z0-9_.-]+$")]
    private static partial Regex Name();
}
