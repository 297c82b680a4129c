using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Operations;

internal static class CopyObject
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("PutObject", bucket, call.Key);
        var source = CopySource.Read(call);
        var condition = WriteCondition.Read(call);
        var asked = NewObject.Read(call, bucket);
        var replaced = Replaces(call, "x-amz-metadata-directive");
        if (source.Bucket == bucket && source.Object.Key == call.Key && source.VersionId is null && !replaced && ChangesNothing(call))
        {
            throw S3Error.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }

        var stored = call.Store.Put(
            bucket,
            asked with
            {
                Content = source.Object.Content,
                ETag = ETag.Of(source.Object.Content),
                Headers = replaced ? asked.Headers : source.Object.Headers,
                Tags = Replaces(call, "x-amz-tagging-directive") ? asked.Tags : CopiedTags(call, bucket, source),
                Checksum = ChecksumOf(call, source.Object),
            },
            condition);
        call.Send(bucket, stored, "ObjectCreated:Copy");
        var xml = S3Xml.Root("CopyObjectResult").Time("LastModified", stored.At).Element("ETag", ETag.Quoted(stored.ETag));
        stored.Checksum!.Write(xml);
        return NewObject.Describe(S3Answer.Xml(xml.Close("CopyObjectResult")), bucket, stored).With("x-amz-copy-source-version-id", source.CopiedVersion);
    }

    private static bool Replaces(S3Call call, string directive) => call.Header(directive) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        _ => throw S3Error.InvalidArgument(directive.Contains("tag", StringComparison.Ordinal) ? "Unknown tagging directive." : "Unknown metadata directive."),
    };

    private static bool ChangesNothing(S3Call call) =>
        call.Header("x-amz-storage-class") is null && call.Header("x-amz-website-redirect-location") is null && call.Header("x-amz-server-side-encryption") is null;

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> CopiedTags(S3Call call, Bucket bucket, CopySource source)
    {
        if (source.Object.Tags.Count > 0)
        {
            call.Demand("GetObjectTagging", source.Bucket, source.Object.Key);
            call.Demand("PutObjectTagging", bucket, call.Key);
        }

        return source.Object.Tags;
    }

    // A copy is one piece, whatever its source was made of.
    private static Checksum ChecksumOf(S3Call call, ObjectVersion source)
    {
        var algorithm = call.Header("x-amz-checksum-algorithm") is { } name ? ChecksumAlgorithm.Named(name) : source.Checksum?.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        return source.Checksum is { IsComposite: false } checksum && checksum.Algorithm == algorithm ? checksum : Checksum.Of(algorithm, source.Content);
    }
}
