namespace Local.Invoking;

/// <summary>What came of an invocation by hand.</summary>
/// <param name="Payload">The function's answer, or its error as Lambda words it.</param>
/// <param name="Error">Null when the function answered.</param>
/// <param name="Log">What it printed.</param>
internal sealed record Answer(string Payload, string? Error, string Log);
