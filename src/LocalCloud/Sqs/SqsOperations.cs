using System.Collections.Frozen;
using LocalCloud.Sqs.Operations;

namespace LocalCloud.Sqs;

/// <summary>All operations of SQS by name.</summary>
internal static class SqsOperations
{
    public static FrozenDictionary<string, Func<SqsCall, Task>> All { get; } = new Dictionary<string, Func<SqsCall, Task>>
    {
        ["AddPermission"] = At(AddPermission.Run),
        ["CancelMessageMoveTask"] = At(CancelMessageMoveTask.Run),
        ["ChangeMessageVisibility"] = At(ChangeMessageVisibility.Run),
        ["ChangeMessageVisibilityBatch"] = At(ChangeMessageVisibilityBatch.Run),
        ["CreateQueue"] = At(CreateQueue.Run),
        ["DeleteMessage"] = At(DeleteMessage.Run),
        ["DeleteMessageBatch"] = At(DeleteMessageBatch.Run),
        ["DeleteQueue"] = At(DeleteQueue.Run),
        ["GetQueueAttributes"] = At(GetQueueAttributes.Run),
        ["GetQueueUrl"] = At(GetQueueUrl.Run),
        ["ListDeadLetterSourceQueues"] = At(ListDeadLetterSourceQueues.Run),
        ["ListMessageMoveTasks"] = At(ListMessageMoveTasks.Run),
        ["ListQueues"] = At(ListQueues.Run),
        ["ListQueueTags"] = At(ListQueueTags.Run),
        ["PurgeQueue"] = At(PurgeQueue.Run),
        ["ReceiveMessage"] = ReceiveMessage.RunAsync,
        ["RemovePermission"] = At(RemovePermission.Run),
        ["SendMessage"] = At(SendMessage.Run),
        ["SendMessageBatch"] = At(SendMessageBatch.Run),
        ["SetQueueAttributes"] = At(SetQueueAttributes.Run),
        ["StartMessageMoveTask"] = At(StartMessageMoveTask.Run),
        ["TagQueue"] = At(TagQueue.Run),
        ["UntagQueue"] = At(UntagQueue.Run),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static Func<SqsCall, Task> At(Action<SqsCall> run) => call =>
    {
        run(call);
        return Task.CompletedTask;
    };
}
