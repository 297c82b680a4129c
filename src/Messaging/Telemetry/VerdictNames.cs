using Messaging.Consuming;

namespace Messaging.Telemetry;

/// <summary>Verdicts as values of attributes.</summary>
internal static class VerdictNames
{
    /// <summary>The verdict's name, and its reason if it has one. A dead letter with an error's type has that for its reason: the sentence may tell places in the body.</summary>
    public static (string Name, string? Reason) Of(Verdict verdict) => verdict switch
    {
        Verdict.Retried retried => ("retry", retried.Reason),
        Verdict.DeadLettered dead => ("dead_letter", dead.ErrorType ?? dead.Reason),
        Verdict.Discarded discarded => ("discard", discarded.Reason),
        Verdict.Deferred deferred => ("defer", deferred.Reason),
        _ => ("done", null),
    };

    /// <summary>What <c>error.type</c> says of a verdict that no exception led to; null where nothing failed.</summary>
    public static string? ErrorType(Verdict verdict) => verdict is Verdict.Retried or Verdict.DeadLettered ? Of(verdict).Name : null;
}
