using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Operations;

internal static class UploadPartCopy
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("PutObject", bucket, call.Key);
        var (upload, number) = (UploadPart.UploadOf(call, bucket), UploadPart.NumberOf(call));
        EncryptionKey.DemandToRead(call, bucket, upload.Object);
        var source = CopySource.Read(call);
        var content = source.Object.Content;
        if (call.Header("x-amz-copy-source-range") is { } header)
        {
            // Unlike a read's, this range must lie within the object.
            if (ByteRange.Parse(header, content.Length) is not { } range || header.EndsWith('-') || header.Contains("=-", StringComparison.Ordinal))
            {
                throw S3Error.InvalidArgument("The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy");
            }

            content = header.EndsWith($"-{range.Start + range.Length - 1}", StringComparison.Ordinal)
                ? content.AsSpan(range.Start, range.Length).ToArray()
                : throw S3Error.InvalidArgument($"Range specified is not valid for source object of size: {content.Length}");
        }

        var part = UploadPart.PartOf(call, upload, number, content, null);
        call.Store.Put(bucket, upload, part);
        var xml = S3Xml.Root("CopyPartResult").Time("LastModified", part.At).Element("ETag", ETag.Quoted(part.ETag));
        part.Checksum?.Write(xml, withType: false);
        var answer = S3Answer.Xml(xml.Close("CopyPartResult")).With("x-amz-copy-source-version-id", source.CopiedVersion);
        upload.Object.Encryption.Write(answer);
        return answer;
    }
}
