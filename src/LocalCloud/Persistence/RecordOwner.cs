namespace LocalCloud.Persistence;

/// <summary>The services that append records. The numbers are in files: add, never change.</summary>
internal enum RecordOwner : byte
{
    Sqs = 1,
    Sns = 2,
    Kms = 3,
    S3 = 4,
    Iam = 5,
}
