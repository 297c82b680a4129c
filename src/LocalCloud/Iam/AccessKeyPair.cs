using System.Security.Cryptography;

namespace LocalCloud.Iam;

/// <summary>A key that signs requests.</summary>
/// <param name="Id"><c>AKIA…</c> of a user, <c>ASIA…</c> of a session.</param>
/// <param name="Secret">Never logged.</param>
/// <param name="Caller">Whom it stands for.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record AccessKeyPair(string Id, string Secret, Caller Caller, DateTimeOffset CreatedAt)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>What a session's requests carry besides the signature; null for a user's key.</summary>
    public string? SessionToken { get; init; }

    /// <summary>When a session ends; null for a user's key.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A key that lasts until it is deleted.</summary>
    public static AccessKeyPair Lasting(Caller caller, DateTimeOffset now) => new(NewId("AKIA"), NewSecret(), caller, now);

    /// <summary>A key that lasts for a session.</summary>
    public static AccessKeyPair Temporary(Caller caller, DateTimeOffset now, TimeSpan lifetime) => new(NewId("ASIA"), NewSecret(), caller, now)
    {
        SessionToken = "LOCAL" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(96)),
        ExpiresAt = now + lifetime,
    };

    /// <summary>An id as IAM gives them: the prefix says of what.</summary>
    public static string NewId(string prefix) => prefix + RandomNumberGenerator.GetString(Letters, 16);

    private static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));
}
