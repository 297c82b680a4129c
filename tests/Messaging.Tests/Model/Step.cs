namespace Messaging.Tests.Model;

/// <summary>What the handler does at one of its runs that is not the last: the message must come back.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    /// <summary>Answers Retry; without a time the library backs off.</summary>
    internal sealed record Retry(TimeSpan? After) : Step;

    internal sealed record Throw : Step;

    internal sealed record Defer(TimeSpan For) : Step;

    /// <summary>The process is gone before the effect is committed.</summary>
    internal sealed record Die : Step;
}
