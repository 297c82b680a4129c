namespace Messaging.Tests.Model;

/// <summary>What the handler does at its last run and at every one after it, or why there is none.</summary>
internal enum Ending
{
    /// <summary>One effect.</summary>
    Done,

    /// <summary>One effect, but the process dies when it is committed and before anybody hears of it.</summary>
    DoneThenDie,

    /// <summary>No effect.</summary>
    Discard,

    /// <summary>The dead-letter queue, by the handler's own verdict.</summary>
    DeadLetter,

    /// <summary>The dead-letter queue: it fails for ever.</summary>
    Poison,

    /// <summary>The dead-letter queue: the body is no message.</summary>
    NoEnvelope,

    /// <summary>The dead-letter queue: the envelope is one, its data is not of its type.</summary>
    NoData,

    /// <summary>The dead-letter queue, or acknowledged, as the consumer decided about unknown types.</summary>
    UnknownType,
}
