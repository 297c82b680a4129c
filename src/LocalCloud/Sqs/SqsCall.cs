using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Sqs;

/// <summary>One SQS request: what an operation gets and where it writes its answer.</summary>
/// <param name="Sqs">The queues.</param>
/// <param name="Input">The request's members.</param>
/// <param name="Output">Inside the answer's object; an operation without output writes nothing.</param>
/// <param name="Call">Its way here: who calls, and whether the client has gone.</param>
internal sealed record SqsCall(SqsService Sqs, SqsInput Input, Utf8JsonWriter Output, Call Call)
{
    /// <summary>Fires when the client has gone.</summary>
    public CancellationToken Aborted => Call.Aborted;

    public string UrlOf(Queue queue) => $"{Call.BaseUrl}/{Sqs.AccountId}/{queue.Name}";

    /// <summary>The queue that QueueUrl names, if the caller may do that with it; its host does not matter, only account and name.</summary>
    /// <param name="action">As policies name it: <c>sqs:SendMessage</c>, for the batch too.</param>
    /// <exception cref="ServiceException">There is no QueueUrl, the caller may not, or the queue does not exist.</exception>
    public Queue Queue(string action)
    {
        var url = Input.Required("QueueUrl").AsSpan().TrimEnd('/');
        var slash = url.LastIndexOf('/');
        var before = slash < 0 ? [] : url[..slash];
        var account = before[(before.LastIndexOf('/') + 1)..];
        var name = url[(slash + 1)..];
        var own = slash < 0 || account.SequenceEqual(Sqs.AccountId);
        var queue = own ? Sqs.Find(name) : null;
        if (!Call.Caller.IsRoot)
        {
            // Before existence is told: whoever may not ask does not learn of it.
            Call.Demand(action, queue?.Arn ?? (own ? Sqs.ArnOf(name.ToString()) : $"arn:aws:sqs:{Sqs.Region}:{account}:{name}"), queue?.Settings.Policy);
        }

        if (queue?.Settings.KmsMasterKeyId is { } key && action is ("sqs:SendMessage" or "sqs:ReceiveMessage"))
        {
            QueueKey.Demand(Call, Sqs.Keys, queue, key, sends: action == "sqs:SendMessage");
        }

        return queue ?? throw SqsError.QueueDoesNotExist();
    }

    /// <summary>Lets the call go on only if its caller may do that with the queue of that ARN, whether it exists or not.</summary>
    public void Demand(string action, string arn) => Call.Demand(action, arn, Sqs.FindByArn(arn)?.Settings.Policy);
}
