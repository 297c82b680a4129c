namespace Messaging.Encryption;

/// <summary>With which keys payloads are encrypted and decrypted.</summary>
public sealed record PayloadEncryptionOptions
{
    /// <summary>The ARN of the key in KMS, not an alias: it stands in every message, and consumers compare it.</summary>
    public required string KeyArn
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>Further keys that messages may be encrypted with: those of other senders, or the one before a change of keys.</summary>
    public IReadOnlyList<string> AlsoReads
    {
        get;
        init => field = [.. value.Select(Checked)];
    } = [];

    /// <summary>
    /// How long a data key is used, and kept by consumers: so long can one still read who lost the right. 1 second to 1 day.
    /// </summary>
    public TimeSpan MaxAge
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxAge), value, "MaxAge is 1 second to 1 day.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>Values that are encrypted with one data key; 1 to 1,000,000,000. Nonces are random, and 2^32 of a key are the most that is safe.</summary>
    public long MostUses
    {
        get;
        init => field = value is >= 1 and <= 1_000_000_000 ? value : throw new ArgumentOutOfRangeException(nameof(MostUses), value, "MostUses is 1 to 1,000,000,000.");
    } = 1_000_000;

    /// <summary>Data keys that are kept at a time, of each side; 1 to 100,000. A consumer meets one for each sending process, type and <see cref="MaxAge"/>.</summary>
    public int MostKeys
    {
        get;
        init => field = value is >= 1 and <= 100_000 ? value : throw new ArgumentOutOfRangeException(nameof(MostKeys), value, "MostKeys is 1 to 100,000.");
    } = 1_000;

    /// <summary>How long KMS may take: then the message comes back. 100 milliseconds to 1 minute.</summary>
    public TimeSpan Patience
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(100) && value <= TimeSpan.FromMinutes(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Patience), value, "Patience is 100 milliseconds to 1 minute.");
    } = TimeSpan.FromSeconds(5);

    private static string Checked(string arn) =>
        arn.Length <= 256 && arn.StartsWith("arn:", StringComparison.Ordinal) && arn.Contains(":key/", StringComparison.Ordinal)
        && !arn.AsSpan().ContainsAnyExceptInRange('!', '~') && arn.AsSpan().IndexOfAny('"', '\\') < 0
            ? arn
            : throw new ArgumentException($"'{arn}' is not the ARN of a key in KMS: arn:aws:kms:region:account:key/id.");
}
