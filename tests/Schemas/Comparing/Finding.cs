namespace Schemas.Comparing;

/// <summary>What there is to say of a contract, beside what was written down of it.</summary>
/// <param name="Type">The message's type.</param>
/// <param name="Breaks">Whether a consumer would break.</param>
/// <param name="Sentence">What, for whom, and what to do.</param>
internal sealed record Finding(string Type, bool Breaks, string Sentence);
