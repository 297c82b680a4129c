using System.Runtime.CompilerServices;
using Amazon.KeyManagementService;
using Amazon.S3;
using Messaging.ClaimCheck;
using Messaging.Encryption;
using Messaging.Publishing;

namespace Messaging.Hosting;

/// <summary>
/// What opens and prepares payloads, as far as the environment asks for it: <c>PAYLOAD_BUCKET</c> and <c>PAYLOAD_KEY</c>. Without them the clients of S3 and KMS
/// are not even loaded.
/// </summary>
internal sealed class PayloadServices : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public PayloadServices(Func<string, string?> variable, TimeProvider time)
    {
        if (variable("PAYLOAD_BUCKET") is { Length: > 0 } bucket)
            Bucket = OpenBucket(bucket, variable, time);
        if (variable("PAYLOAD_KEY") is { Length: > 0 } keys)
            Encryption = OpenEncryption(keys.Split(','), time);
    }

    public PayloadBucket? Bucket { get; }

    public PayloadEncryption? Encryption { get; }

    /// <summary>Null where messages leave as they are.</summary>
    public PrepareMessage? Prepare => (Encryption, Bucket) switch
    {
        ({ } encryption, { } bucket) => new PrepareMessage(encryption.PrepareAsync).Then(bucket.PrepareAsync),
        ({ } encryption, null) => encryption.PrepareAsync,
        (null, { } bucket) => bucket.PrepareAsync,
        _ => null,
    };

    public void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
    }

    // Methods of their own, for the compiler loads what a method names before it runs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private PayloadBucket OpenBucket(string bucket, Func<string, string?> variable, TimeProvider time)
    {
        // Emulators have no name for each bucket.
        var isEmulated = variable("AWS_ENDPOINT_URL_S3") is { Length: > 0 } || variable("AWS_ENDPOINT_URL") is { Length: > 0 };
        var s3 = new AmazonS3Client(new AmazonS3Config { ForcePathStyle = isEmulated });
        _owned.Add(s3);
        return new(s3, new() { Bucket = bucket }, time);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PayloadEncryption OpenEncryption(string[] keys, TimeProvider time)
    {
        var kms = new AmazonKeyManagementServiceClient();
        var encryption = new PayloadEncryption(kms, new() { KeyArn = keys[0], AlsoReads = keys[1..] }, time);
        _owned.AddRange([encryption, kms]);
        return encryption;
    }
}
