namespace LocalCloud.Templates;

/// <summary>The answer of a function.</summary>
/// <param name="RequestId">The request id that the function saw.</param>
/// <param name="Payload">What the function answered; with an error, <c>{"errorType":…,"errorMessage":…}</c> as Lambda words it.</param>
/// <param name="Error">Null when the function answered; else the error's type and message.</param>
public sealed record InvocationResult(string RequestId, ReadOnlyMemory<byte> Payload, string? Error)
{
    /// <summary>What the function printed meanwhile, line by line, at most 256 Ki characters.</summary>
    public string Log { get; init; } = "";

    /// <summary>From the moment the event was handed over to the answer.</summary>
    public TimeSpan Duration { get; init; }
}
