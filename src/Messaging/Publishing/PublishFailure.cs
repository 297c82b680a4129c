namespace Messaging.Publishing;

/// <summary>A message that did not get out, or may not have.</summary>
/// <param name="MessageId">The envelope's id.</param>
/// <param name="Reason">What the service said, or what went wrong on the way.</param>
/// <param name="Cause">What is to be done about it.</param>
public sealed record PublishFailure(string MessageId, string Reason, PublishFailureCause Cause)
{
    /// <summary>The logical name of the destination; null where whoever sent it does not say.</summary>
    public string? Destination { get; init; }
}
