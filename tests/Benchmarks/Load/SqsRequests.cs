using System.Text;

namespace Benchmarks.Load;

/// <summary>Whole HTTP requests to SQS as bytes.</summary>
internal static class SqsRequests
{
    public static byte[] Of(string action, string json) => Encoding.UTF8.GetBytes(
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AmazonSQS." + action
        + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00\r\nX-Amz-Date: 20260101T000000Z"
        + $"\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    public static byte[] Send(string queue, string body) => Of("SendMessage", $$"""{"QueueUrl":"{{queue}}","MessageBody":"{{body}}"}""");

    public static byte[] SendFifo(string queue, string body, string group, string id) => Of(
        "SendMessage", $$"""{"QueueUrl":"{{queue}}","MessageBody":"{{body}}","MessageGroupId":"{{group}}","MessageDeduplicationId":"{{id}}"}""");

    public static byte[] SendBatch(string queue, string body) => Of(
        "SendMessageBatch",
        $$"""{"QueueUrl":"{{queue}}","Entries":[{{string.Join(',', Enumerable.Range(0, 10).Select(i => $$"""{"Id":"{{i}}","MessageBody":"{{body}}"}"""))}}]}""");

    public static byte[] Receive(string queue, int count) => Of("ReceiveMessage", $$"""{"QueueUrl":"{{queue}}","MaxNumberOfMessages":{{count}}}""");

    public static byte[] Delete(string queue, string handle) => Of("DeleteMessage", $$"""{"QueueUrl":"{{queue}}","ReceiptHandle":"{{handle}}"}""");

    public static byte[] DeleteBatch(string queue, IEnumerable<string> handles) => Of(
        "DeleteMessageBatch",
        $$"""{"QueueUrl":"{{queue}}","Entries":[{{string.Join(',', handles.Select((handle, i) => $$"""{"Id":"{{i}}","ReceiptHandle":"{{handle}}"}"""))}}]}""");

    /// <summary>The receipt handles in an answer.</summary>
    public static List<string> Handles(ReadOnlySpan<byte> answer)
    {
        var mark = "\"ReceiptHandle\":\""u8;
        List<string> handles = [];
        for (var at = answer.IndexOf(mark); at >= 0; at = answer.IndexOf(mark))
        {
            answer = answer[(at + mark.Length)..];
            handles.Add(Encoding.ASCII.GetString(answer[..answer.IndexOf((byte)'"')]));
        }

        return handles;
    }
}
