using System.Globalization;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Messaging.Publishing;

namespace Messaging.ClaimCheck;

/// <summary>
/// The claim check: a message that is too large for topics and queues has its body in S3, and carries a pointer to it, as AWS's extended clients for Java and
/// Python write and read it. Nothing is deleted when it is consumed, for every subscriber has the same object: the bucket's lifecycle rule does that.
/// </summary>
public sealed class PayloadBucket
{
    /// <summary>The payload's bytes, as a number: an attribute of every message with a pointer.</summary>
    public const string SizeAttribute = "ExtendedPayloadSize";

    private const string LegacySizeAttribute = "SQSLargePayloadSize";
    private readonly Lock _gate = new();
    private readonly Func<object> _open;
    private readonly ClaimCheckOptions _options;
    private readonly TimeProvider _time;
    private IAmazonS3? _s3;

    /// <summary>A bucket that exists.</summary>
    /// <param name="s3">Its client.</param>
    /// <param name="options">Where, and what.</param>
    /// <param name="time">The clock.</param>
    public PayloadBucket(IAmazonS3 s3, ClaimCheckOptions options, TimeProvider time)
        : this(() => s3, options, time)
    {
    }

    /// <summary>
    /// The same with a client that is made when it is needed: most functions never meet a large payload, and S3's client takes long to load. It is an object here,
    /// because making a delegate loads what its signature names.
    /// </summary>
    internal PayloadBucket(Func<object> open, ClaimCheckOptions options, TimeProvider time) => (_open, _options, _time) = (open, options, time);

    private IAmazonS3 S3
    {
        get
        {
            lock (_gate)
                return _s3 ??= (IAmazonS3)_open();
        }
    }

    /// <summary>
    /// Writes the body to S3 if the message is above the threshold: a <see cref="PrepareMessage"/>. Once for all destinations. A payload whose message is not
    /// sent after all stays until the lifecycle rule deletes it.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>The same message, or one whose body is the pointer.</returns>
    /// <exception cref="ArgumentException">
    /// It is larger than the largest payload, has no place left for <see cref="SizeAttribute"/>, or is scheduled so late that its payload might be gone by then.
    /// </exception>
    /// <exception cref="PayloadException">S3 did not take it.</exception>
    public ValueTask<OutgoingMessage> PrepareAsync(OutgoingMessage message, CancellationToken cancellationToken) =>
        message.Bytes > _options.Threshold ? PutAsync(message, cancellationToken) : new(message);

    /// <summary>The size that the sender told, if it did.</summary>
    internal static long? SizeOf(IReadOnlyDictionary<string, Amazon.SQS.Model.MessageAttributeValue> attributes) =>
        (attributes.TryGetValue(SizeAttribute, out var value) || attributes.TryGetValue(LegacySizeAttribute, out value))
        && long.TryParse(value.StringValue, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : null;

    /// <summary>The payload, in memory of its own.</summary>
    /// <exception cref="PayloadException">It is not there, not what was sent, too large or in another bucket; or S3 did not answer.</exception>
    internal async Task<ReadOnlyMemory<byte>> FetchAsync(PayloadPointer pointer, long? size, CancellationToken cancellationToken)
    {
        if (pointer.Bucket != _options.Bucket)
            throw Unusable($"The payload {pointer} is in another bucket than {_options.Bucket}, the only one that is read.");

        var payload = await GetAsync(pointer, cancellationToken).ConfigureAwait(false);
        if (size is not null && size != payload.Length)
            throw Unusable($"The payload {pointer} has {payload.Length} bytes, and its message tells of {size}.");
        if (!PayloadDigest.Fits(pointer.Key, payload))
            throw Unusable($"The payload {pointer} is not what was sent: its SHA-256 is another.");
        return payload;
    }

    private static PayloadException Unusable(string sentence, Exception? cause = null) => new(sentence, cause!) { IsFinal = true };

    private async ValueTask<OutgoingMessage> PutAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var payload = Encoding.UTF8.GetBytes(message.Body);
        if (payload.Length > _options.LargestPayload)
            throw new ArgumentException($"The message {message.Type} {message.Id} has {payload.Length} bytes; {_options.LargestPayload} are the most that {_options.Bucket} takes. Send less, or raise LargestPayload here and in its consumers.", nameof(message));
        if (message.Attributes.Count + 2 > AttributeValue.Most)
            throw new ArgumentException($"The message {message.Type} {message.Id} has {message.Attributes.Count} attributes and its type; {AttributeValue.Most - 1} are the most beside {SizeAttribute}, which a payload in S3 needs.", nameof(message));
        if (message.NotBefore - _time.GetUtcNow() > _options.Kept - ClaimCheckOptions.LongestJourney)
            throw new ArgumentException($"The message {message.Type} {message.Id} is scheduled for {message.NotBefore:u}; its payload might be gone before it is handled, for {_options.Bucket} keeps it {_options.Kept.TotalDays} days. Keep payloads longer, and say so in Kept.", nameof(message));

        var pointer = new PayloadPointer(_options.Bucket, PayloadDigest.KeyOf(payload, _options.Prefix));
        try
        {
            using var limit = new TimeLimit(_options.Patience, _time, cancellationToken);
            using var stream = new MemoryStream(payload, writable: false);
            var request = new PutObjectRequest { BucketName = pointer.Bucket, Key = pointer.Key, InputStream = stream, ContentType = "application/json" };
            await S3.PutObjectAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PayloadException($"The payload of message {message.Type} {message.Id} could not be written to {pointer}: {Reason(e)}. Nothing was sent.", e);
        }

        var size = payload.Length.ToString(CultureInfo.InvariantCulture);
        return message with { Body = pointer.ToBody(), Attributes = [.. message.Attributes, new(SizeAttribute, size, IsNumber: true)] };
    }

    private async Task<byte[]> GetAsync(PayloadPointer pointer, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(_options.Patience, _time, cancellationToken);
        try
        {
            var request = new GetObjectRequest { BucketName = pointer.Bucket, Key = pointer.Key };
            using var response = await S3.GetObjectAsync(request, limit.Token).ConfigureAwait(false);
            if (response.ContentLength > _options.LargestPayload)
                throw Unusable($"The payload {pointer} has {response.ContentLength} bytes; {_options.LargestPayload} are the most that is read.");
            var payload = new byte[response.ContentLength];
            await response.ResponseStream.ReadExactlyAsync(payload, limit.Token).ConfigureAwait(false);
            return payload;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
        {
            throw Unusable($"The payload {pointer} is gone: the bucket's lifecycle rule or somebody deleted it.", e);
        }
        catch (Exception e) when (e is not PayloadException && !cancellationToken.IsCancellationRequested)
        {
            throw new PayloadException($"The payload {pointer} could not be fetched: {Reason(e)}.", e);
        }
    }

    // Without the right to list, S3 says the same of an object that is gone.
    private static string Reason(Exception exception) => exception switch
    {
        AmazonS3Exception { ErrorCode: "AccessDenied" } => "AccessDenied; s3:PutObject, s3:GetObject and s3:ListBucket are needed, and the rights to the bucket's key",
        AmazonS3Exception { ErrorCode: { Length: > 0 } code } => code,
        OperationCanceledException => "S3 did not answer in time",
        _ => exception.GetType().Name,
    };
}
