namespace LocalCloud.Sqs;

/// <summary>An operation of SQS.</summary>
/// <param name="Name">As in the service's model.</param>
/// <param name="RunAsync">Does it and writes the answer's members.</param>
internal sealed record SqsOperation(string Name, Func<SqsCall, Task> RunAsync);
