namespace Messaging.Publishing;

/// <summary>Why a message did not get out.</summary>
public enum PublishFailureCause
{
    /// <summary>The service did not take this one, or did not say: a try that counts.</summary>
    Message,

    /// <summary>The message itself is at fault: no try will help.</summary>
    BadMessage,

    /// <summary>The destination took no call: it is away, does not exist, or refuses this sender. No message is to blame, so no try counts.</summary>
    Destination,

    /// <summary>It was not tried, because an earlier message of its key failed.</summary>
    EarlierMessage,
}
