namespace LocalCloud.Sqs;

/// <summary>What a consumer asks for; null takes the queue's own value.</summary>
/// <param name="Count">1 to 10 messages.</param>
/// <param name="WaitSeconds">0 to 20: how long to wait for the first message.</param>
/// <param name="VisibilitySeconds">0 to 43,200.</param>
/// <param name="AttemptId">FIFO only: a repeated receive with the same id gets the same messages.</param>
internal sealed record ReceiveRequest(int Count = 1, int? WaitSeconds = null, int? VisibilitySeconds = null, string? AttemptId = null);
