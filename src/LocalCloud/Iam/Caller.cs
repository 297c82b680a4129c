namespace LocalCloud.Iam;

/// <summary>Whose key signed a request.</summary>
/// <param name="Arn">As GetCallerIdentity shows it.</param>
internal sealed record Caller(string Arn)
{
    /// <summary>The key <c>test</c>, which may do everything.</summary>
    public static Caller Root(string account) => new($"arn:aws:iam::{account}:root");
}
