namespace LocalCloud.Email;

/// <summary>A mail that SES accepted. Nothing leaves the machine.</summary>
/// <param name="MessageId">The id that the sender got back.</param>
/// <param name="From">The sender's address as given.</param>
/// <param name="To">All recipients: To, Cc and Bcc, in that order.</param>
/// <param name="Subject">The subject, empty when there is none.</param>
/// <param name="Text">The plain text body, if any.</param>
/// <param name="Html">The HTML body, if any.</param>
/// <param name="Tags">The EmailTags by name.</param>
/// <param name="At">When it was accepted.</param>
public sealed record Mail(
    string MessageId, string From, IReadOnlyList<string> To, string Subject, string? Text, string? Html, IReadOnlyDictionary<string, string> Tags, DateTimeOffset At)
{
    /// <summary>Where answers go, when not to the sender.</summary>
    public IReadOnlyList<string> ReplyTo { get; init; } = [];

    /// <summary>The files that came with it.</summary>
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>The name of the configuration set that the sender chose, if any.</summary>
    public string? ConfigurationSet { get; init; }
}
