using System.Runtime.CompilerServices;
using Amazon.KeyManagementService;
using Amazon.S3;
using Messaging.ClaimCheck;
using Messaging.Encryption;
using Messaging.Publishing;

namespace Messaging.Hosting;

/// <summary>
/// What opens and prepares payloads, as far as the environment asks for it: <c>PAYLOAD_BUCKET</c> and <c>PAYLOAD_KEY</c>. S3's client is loaded with the first
/// payload, that of KMS only where a key is named.
/// </summary>
internal sealed class PayloadServices : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public PayloadServices(Func<string, string?> variable, TimeProvider time)
    {
        if (variable("PAYLOAD_BUCKET") is { Length: > 0 } bucket)
            Bucket = new(() => OpenS3(variable), new() { Bucket = bucket }, time);
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
        lock (_owned)
        {
            foreach (var owned in _owned)
                owned.Dispose();
        }
    }

    private AmazonS3Client OpenS3(Func<string, string?> variable)
    {
        // Emulators have no name for each bucket.
        var isEmulated = variable("AWS_ENDPOINT_URL_S3") is { Length: > 0 } || variable("AWS_ENDPOINT_URL") is { Length: > 0 };
        var s3 = new AmazonS3Client(new AmazonS3Config { ForcePathStyle = isEmulated });
        lock (_owned)
            _owned.Add(s3);
        return s3;
    }

    // A method of its own, for what a method names is loaded before it runs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private PayloadEncryption OpenEncryption(string[] keys, TimeProvider time)
    {
        var kms = new AmazonKeyManagementServiceClient();
        var encryption = new PayloadEncryption(kms, new() { KeyArn = keys[0], AlsoReads = keys[1..] }, time);
        lock (_owned)
            _owned.AddRange([encryption, kms]);
        return encryption;
    }
}
