namespace LocalCloud.Templates;

/// <summary>One finished invocation of a function, as an observer sees it.</summary>
/// <param name="Function">The function's handler, which is the name of its assembly.</param>
/// <param name="Source">Who called: <c>sqs:queue-name</c>, <c>http</c>, <c>schedule</c>, <c>sns</c>, <c>event</c>, <c>lambda</c> (a destination), <c>invoke</c> or <c>custom-resource</c>.</param>
/// <param name="RequestId">The request id that the function saw.</param>
/// <param name="StartedAt">When the event was handed over, waiting for a free process included.</param>
/// <param name="Duration">From then to the answer.</param>
/// <param name="Payload">The event, at most 6 MB of JSON.</param>
/// <param name="Response">What the function answered, or the error as Lambda words it.</param>
/// <param name="Error">The error's type, <c>Sandbox.Timedout</c> for example, with its message; null when the function answered.</param>
/// <param name="FailedItems">The ids of the SQS messages of the batch that were not deleted; empty for other sources.</param>
public sealed record Invocation(
    string Function,
    string Source,
    string RequestId,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    ReadOnlyMemory<byte> Payload,
    ReadOnlyMemory<byte> Response,
    string? Error,
    IReadOnlyCollection<string> FailedItems);
