using LocalCloud.S3;
using LocalCloud.S3.Objects;
using LocalCloud.S3.Uploads;

namespace LocalCloud.Persistence.Buckets;

/// <summary>Appends what happens to buckets and what is in them. Each is called under the lock of all buckets.</summary>
internal sealed class BucketJournal(Journal journal)
{
    public Journal Journal { get; } = journal;

    public void Defined(Bucket bucket) => Journal.Append(Start(BucketRecord.Bucket, bucket)
        .Add(bucket.Region)
        .Add(bucket.CreatedAt.UtcTicks)
        .Add(bucket.Settings.Documents));

    public void Deleted(Bucket bucket) => Journal.Append(Start(BucketRecord.BucketDeleted, bucket));

    public void Stored(Bucket bucket, ObjectVersion version) => Journal.Append(VersionRecord.Add(Start(BucketRecord.Version, bucket), version).Add(version.Content.AsSpan()));

    public void Changed(Bucket bucket, ObjectVersion version) => Journal.Append(VersionRecord.Add(Start(BucketRecord.VersionChanged, bucket), version));

    public void Removed(Bucket bucket, ObjectVersion version) => Journal.Append(Start(BucketRecord.VersionRemoved, bucket).Add(version.Key).Add(version.VersionId));

    public void Began(Bucket bucket, Upload upload) => Journal.Append(VersionRecord.Add(
        Start(BucketRecord.Upload, bucket).Add(upload.Id).Add(upload.Algorithm?.Name).Add(upload.IsComposite), upload.Object));

    public void Stored(Bucket bucket, Upload upload, Part part) => Journal.Append(VersionRecord.Add(
        Start(BucketRecord.Part, bucket).Add(upload.Id).Add(part.Number).Add(part.ETag).Add(part.At.UtcTicks).Add(part.Content.AsSpan()), part.Checksum));

    public void Completed(Bucket bucket, Upload upload, ObjectVersion version) => Journal.Append(VersionRecord.Add(Start(BucketRecord.Completed, bucket).Add(upload.Id), version));

    public void Ended(Bucket bucket, Upload upload) => Journal.Append(Start(BucketRecord.UploadEnded, bucket).Add(upload.Id));

    public void Counters(ulong lastSequence) => Journal.Append(RecordWriter.Start(RecordOwner.S3, (byte)BucketRecord.Counters).Add("").Add(lastSequence));

    private static RecordWriter Start(BucketRecord kind, Bucket bucket) => RecordWriter.Start(RecordOwner.S3, (byte)kind).Add(bucket.Name);
}
