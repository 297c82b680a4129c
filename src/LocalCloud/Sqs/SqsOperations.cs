using System.Collections.Frozen;
using LocalCloud.Sqs.Operations;

namespace LocalCloud.Sqs;

/// <summary>All operations of SQS by name.</summary>
internal static class SqsOperations
{
    public static FrozenDictionary<string, SqsOperation> All { get; } = new SqsOperation[]
    {
        new("AddPermission", At(AddPermission.Run)),
        new("CancelMessageMoveTask", At(CancelMessageMoveTask.Run)),
        new("ChangeMessageVisibility", At(ChangeMessageVisibility.Run)),
        new("ChangeMessageVisibilityBatch", At(ChangeMessageVisibilityBatch.Run)),
        new("CreateQueue", At(CreateQueue.Run)),
        new("DeleteMessage", At(DeleteMessage.Run)),
        new("DeleteMessageBatch", At(DeleteMessageBatch.Run)),
        new("DeleteQueue", At(DeleteQueue.Run)),
        new("GetQueueAttributes", At(GetQueueAttributes.Run)),
        new("GetQueueUrl", At(GetQueueUrl.Run)),
        new("ListDeadLetterSourceQueues", At(ListDeadLetterSourceQueues.Run)),
        new("ListMessageMoveTasks", At(ListMessageMoveTasks.Run)),
        new("ListQueues", At(ListQueues.Run)),
        new("ListQueueTags", At(ListQueueTags.Run)),
        new("PurgeQueue", At(PurgeQueue.Run)),
        new("ReceiveMessage", ReceiveMessage.RunAsync),
        new("RemovePermission", At(RemovePermission.Run)),
        new("SendMessage", At(SendMessage.Run)),
        new("SendMessageBatch", At(SendMessageBatch.Run)),
        new("SetQueueAttributes", At(SetQueueAttributes.Run)),
        new("StartMessageMoveTask", At(StartMessageMoveTask.Run)),
        new("TagQueue", At(TagQueue.Run)),
        new("UntagQueue", At(UntagQueue.Run)),
    }.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, SqsOperation>.AlternateLookup<ReadOnlySpan<char>> ByName = All.GetAlternateLookup<ReadOnlySpan<char>>();

    public static SqsOperation? Find(ReadOnlySpan<char> name) => ByName.TryGetValue(name, out var operation) ? operation : null;

    private static Func<SqsCall, Task> At(Action<SqsCall> run) => call =>
    {
        run(call);
        return Task.CompletedTask;
    };
}
