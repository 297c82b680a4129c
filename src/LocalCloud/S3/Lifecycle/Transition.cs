namespace LocalCloud.S3.Lifecycle;

/// <summary>A move to another storage class, some days after an object's creation or at a date.</summary>
internal sealed record Transition(int? Days, DateTimeOffset? Date, string StorageClass);
