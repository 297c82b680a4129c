using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Infra.Constructs;

/// <summary>What a payload bucket is made from.</summary>
public sealed record PayloadBucketProps
{
    /// <summary>Encrypts the payloads: the key of the queues, for a payload is what would have been in them. Who consumes or sends may use it already.</summary>
    public required IKey Key { get; init; }

    /// <summary>After how long payloads are deleted; more than 51 days, for so long can a message be on its way: 23 in SNS, 14 in a queue, 14 in its dead-letter queue.</summary>
    public Duration Kept { get; init; } = Duration.Days(60);
}

/// <summary>A closed bucket for what is too large for queues. Nobody deletes a payload when it is consumed, for it serves every subscriber: a lifecycle rule does.</summary>
public sealed class PayloadBucket : Construct
{
    // As the library writes it: ClaimCheckOptions.Prefix.
    private const string Prefix = "payloads/";
    private readonly IKey _key;

    /// <summary>For outputs and dashboards.</summary>
    public Bucket Bucket { get; }

    /// <summary>Creates the bucket.</summary>
    /// <exception cref="ArgumentException">Payloads would be deleted before their messages are.</exception>
    public PayloadBucket(Construct scope, string id, PayloadBucketProps props) : base(scope, id)
    {
        if (props.Kept.ToDays() <= 51)
            throw new ArgumentException($"Payloads of '{Node.Path}' are kept {props.Kept.ToDays()} days. Keep them for more than 51, for so long can their messages be on their way.");
        _key = props.Key;
        Bucket = new Bucket(this, "bucket", new BucketProps
        {
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            // One call of KMS serves many objects.
            BucketKeyEnabled = true,
            Encryption = BucketEncryption.KMS,
            EncryptionKey = props.Key,
            EnforceSSL = true,
            LifecycleRules = [new LifecycleRule { AbortIncompleteMultipartUploadAfter = Duration.Days(1), Expiration = props.Kept }],
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
    }

    /// <summary>Lets functions put payloads in, and tells them where.</summary>
    public void AllowWrite(params Function[] senders)
    {
        foreach (var sender in senders)
            Tell(sender).Allow(["s3:PutObject"], Bucket.ArnForObjects($"{Prefix}*")).Allow(["kms:Decrypt", "kms:GenerateDataKey"], _key.KeyArn);
    }

    /// <summary>Lets functions fetch payloads. Listing is needed to be told that one is gone: without it S3 says that access is denied.</summary>
    public void AllowRead(params Function[] consumers)
    {
        foreach (var consumer in consumers)
            Tell(consumer).Allow(["s3:GetObject"], Bucket.ArnForObjects($"{Prefix}*")).Allow(["s3:ListBucket"], Bucket.BucketArn).Allow(["kms:Decrypt"], _key.KeyArn);
    }

    private Function Tell(Function function) => function.Set("PAYLOAD_BUCKET", Bucket.BucketName);
}
