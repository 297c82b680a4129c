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
    string MessageId, string From, IReadOnlyList<string> To, string Subject, string? Text, string? Html, IReadOnlyDictionary<string, string> Tags, DateTimeOffset At);
