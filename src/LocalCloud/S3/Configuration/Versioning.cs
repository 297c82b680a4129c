namespace LocalCloud.S3.Configuration;

/// <summary>Whether a bucket keeps what is overwritten or deleted.</summary>
internal enum Versioning
{
    /// <summary>It never did.</summary>
    Off,
    Enabled,

    /// <summary>It did once, and keeps what it kept then.</summary>
    Suspended,
}
