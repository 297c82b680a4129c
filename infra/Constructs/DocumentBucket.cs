using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Infra.Constructs;

/// <summary>Keeps documents: encrypted, closed to everybody but those it lets in, over TLS only, and kept when the stack goes.</summary>
public sealed class DocumentBucket : Construct
{
    /// <summary>For outputs.</summary>
    public Bucket Bucket { get; }

    /// <summary>Creates the bucket.</summary>
    public DocumentBucket(Construct scope, string id) : base(scope, id)
    {
        Bucket = new Bucket(this, "bucket", new BucketProps
        {
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            Encryption = BucketEncryption.S3_MANAGED,
            EnforceSSL = true,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
    }

    /// <summary>Lets a function write documents below these prefixes, without reading or deleting any, and tells it where.</summary>
    public void AllowWrite(Function writer, params string[] prefixes) => writer
        .Set("DOCUMENT_BUCKET", Bucket.BucketName)
        .Allow(["s3:PutObject"], [.. prefixes.Select(prefix => Bucket.ArnForObjects($"{prefix}/*"))]);
}
