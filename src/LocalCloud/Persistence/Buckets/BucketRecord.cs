namespace LocalCloud.Persistence.Buckets;

/// <summary>The records of S3. The numbers are in files: add, never change.</summary>
internal enum BucketRecord : byte
{
    /// <summary>A bucket with its settings.</summary>
    Bucket = 1,

    /// <summary>A bucket is gone, with its uploads.</summary>
    BucketDeleted = 2,

    /// <summary>A version of an object with its bytes, or a delete marker: the latest under its key, in the place of one with its id.</summary>
    Version = 3,

    /// <summary>What changed of a version, without its bytes.</summary>
    VersionChanged = 4,

    /// <summary>A version is gone.</summary>
    VersionRemoved = 5,

    /// <summary>An upload in parts that has begun.</summary>
    Upload = 6,

    /// <summary>A part of an upload, in the place of an earlier one.</summary>
    Part = 7,

    /// <summary>An upload is over.</summary>
    UploadEnded = 8,

    /// <summary>The last number that was given out.</summary>
    Counters = 9,

    /// <summary>A version whose bytes are those of an upload's parts.</summary>
    Completed = 10,
}
