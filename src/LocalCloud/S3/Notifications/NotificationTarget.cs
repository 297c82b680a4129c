namespace LocalCloud.S3.Notifications;

/// <summary>A queue or topic that hears of some of a bucket's events.</summary>
/// <param name="Id">The client's, or made up.</param>
/// <param name="Arn">Of the queue or topic.</param>
/// <param name="Events">As the client wrote them: <c>s3:ObjectCreated:*</c>.</param>
/// <param name="Prefix">What a key must begin with; empty for any.</param>
/// <param name="Suffix">What a key must end with; empty for any.</param>
internal sealed record NotificationTarget(string Id, string Arn, IReadOnlyList<string> Events, string Prefix, string Suffix)
{
    /// <param name="name">Without <c>s3:</c>.</param>
    /// <param name="key">Of the object.</param>
    public bool Wants(string name, string key) =>
        Events.Any(pattern => EventNames.Covers(pattern, name))
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Whether some event of some key would go to both: S3 does not allow that.</summary>
    public bool Overlaps(NotificationTarget other) =>
        Events.Any(mine => other.Events.Any(theirs => EventNames.Covers(mine, theirs[3..]) || EventNames.Covers(theirs, mine[3..])))
        && (Prefix.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(Prefix, StringComparison.Ordinal))
        && (Suffix.EndsWith(other.Suffix, StringComparison.Ordinal) || other.Suffix.EndsWith(Suffix, StringComparison.Ordinal));
}
