namespace LocalCloud.S3.Objects;

/// <summary>What a delete did.</summary>
/// <param name="Version">The delete marker that was put on top, or what is gone for good.</param>
/// <param name="WasMarked">Which of the two.</param>
internal sealed record Removal(ObjectVersion Version, bool WasMarked);
