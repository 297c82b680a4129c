namespace Messaging.Publishing;

/// <summary>What became of one message of a call that did not get out.</summary>
/// <param name="Index">Its place in the call.</param>
/// <param name="Failure">What is told if it is not tried again.</param>
/// <param name="MayPass">Whether another try in a moment may succeed.</param>
internal readonly record struct EntryFailure(int Index, PublishFailure Failure, bool MayPass);
