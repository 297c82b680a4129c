namespace LocalCloud.S3.Uploads;

/// <summary>A part as the completion of its upload names it.</summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="ETag">Without quotes.</param>
/// <param name="Checksum">Base64, if the client gave one.</param>
internal sealed record CompletedPart(int Number, string ETag, string? Checksum);
