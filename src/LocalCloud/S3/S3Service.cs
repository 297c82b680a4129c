using System.Security.Cryptography;
using System.Text;
using LocalCloud.Kms;
using LocalCloud.S3.Notifications;
using LocalCloud.Sns;
using LocalCloud.Sqs;
using Microsoft.Extensions.Logging;

namespace LocalCloud.S3;

/// <summary>The buckets of the account, their clock and who hears of what happens in them.</summary>
internal sealed class S3Service
{
    public S3Service(CloudOptions options, SqsService sqs, SnsService sns)
    {
        Options = options;
        Store = new BucketStore(options.Time);
        Keys = sqs.Keys;
        Logger = options.Logs.CreateLogger<S3Service>();
        Events = new EventSender(this, sqs, sns);
        OwnerId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.AccountId)));
    }

    public CloudOptions Options { get; }

    public BucketStore Store { get; }

    public KmsKeys Keys { get; }

    public EventSender Events { get; }

    public ILogger Logger { get; }

    /// <summary>The account's canonical user id, as S3 shows owners.</summary>
    public string OwnerId { get; }

    /// <summary>The bucket as of now: what its lifecycle rules should have removed is gone.</summary>
    /// <exception cref="Http.ServiceException">There is no such bucket.</exception>
    public Bucket Bucket(string name)
    {
        var bucket = Store.Find(name) ?? throw (BucketName.IsValid(name) ? S3Error.NoSuchBucket() : S3Error.InvalidBucketName());
        foreach (var expiration in Store.Sweep(bucket))
        {
            Events.Send(new(bucket, expiration.Version, expiration.Event, VersionIds(), "s3.amazonaws.com", "s3.amazonaws.com"));
        }

        return bucket;
    }

    private static string VersionIds() => Guid.NewGuid().ToString("N")[..16].ToUpperInvariant();
}
