using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Sqs;

/// <summary>One SQS request: what an operation gets and where it writes its answer.</summary>
/// <param name="Sqs">The queues.</param>
/// <param name="Input">The request's members.</param>
/// <param name="Output">Inside the answer's object; an operation without output writes nothing.</param>
/// <param name="Call">The HTTP request.</param>
internal sealed record SqsCall(SqsService Sqs, SqsInput Input, Utf8JsonWriter Output, Call Call)
{
    /// <summary>Fires when the client has gone.</summary>
    public CancellationToken Aborted => Call.Aborted;

    public string UrlOf(Queue queue) => $"{Call.BaseUrl}/{Sqs.AccountId}/{queue.Name}";

    /// <summary>The queue that QueueUrl names; its host does not matter, only account and name.</summary>
    /// <exception cref="ServiceException">There is no QueueUrl, it is no address of a queue, or the queue does not exist.</exception>
    public Queue Queue()
    {
        var url = Input.Required("QueueUrl").AsSpan().TrimEnd('/');
        var slash = url.LastIndexOf('/');
        var before = slash < 0 ? [] : url[..slash];
        var account = before[(before.LastIndexOf('/') + 1)..];
        return (slash < 0 || account.SequenceEqual(Sqs.AccountId) ? Sqs.Find(url[(slash + 1)..]) : null) ?? throw SqsError.QueueDoesNotExist();
    }
}
