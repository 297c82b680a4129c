namespace LocalCloud.Email;

/// <summary>A file that came with a mail. What is in it is not kept.</summary>
/// <param name="Name">As the sender named it, empty when it has no name.</param>
/// <param name="ContentType">Such as <c>application/pdf</c>.</param>
/// <param name="Bytes">Its length, decoded.</param>
public sealed record MailAttachment(string Name, string ContentType, int Bytes);
