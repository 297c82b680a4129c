using System.Xml.Linq;
using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;
using LocalCloud.S3.Uploads;

namespace LocalCloud.S3.Operations;

internal static class CompleteMultipartUpload
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("PutObject", bucket, call.Key);
        var upload = UploadPart.UploadOf(call, bucket);
        var condition = WriteCondition.Read(call);
        var document = XmlInput.Read(call.Content(ofBody: false).Bytes, "CompleteMultipartUpload", "CompleteMultipartUploadResult");
        var parts = Assembly.Choose(call.Store.Parts(upload), [.. document.Elements("Part").Select(Part)]);
        var item = Assembly.Join(upload, parts);
        CheckAgainst(call, item);
        var stored = call.Store.Complete(bucket, upload, item, condition);
        call.Send(bucket, stored, "ObjectCreated:CompleteMultipartUpload");
        var xml = S3Xml.Root("CompleteMultipartUploadResult")
            .Element("Location", $"{call.BaseUrl}/{bucket.Name}/{Uri.EscapeDataString(stored.Key)}")
            .Element("Bucket", bucket.Name).Element("Key", stored.Key).Element("ETag", ETag.Quoted(stored.ETag));
        stored.Checksum?.Write(xml);
        return NewObject.Describe(S3Answer.Xml(xml.Close("CompleteMultipartUploadResult")), bucket, stored);
    }

    private static CompletedPart Part(XElement part) => new(
        part.Number("PartNumber") ?? throw S3Error.MalformedXml(),
        ETag.Unquoted(part.Element("ETag")?.Value ?? throw S3Error.MalformedXml()),
        ChecksumAlgorithm.All.Select(algorithm => part.Element(algorithm.Element)?.Value).FirstOrDefault(value => value is not null));

    // The headers speak of the object that comes out.
    private static void CheckAgainst(S3Call call, ObjectVersion item)
    {
        foreach (var algorithm in ChecksumAlgorithm.All)
        {
            if (call.Header(algorithm.Header) is { } value && !(item.Checksum is { } checksum && checksum.Algorithm == algorithm && checksum.Value == value))
            {
                throw S3Error.BadDigest(algorithm.Name);
            }
        }

        if (call.Header("x-amz-mp-object-size") is { } size && size != $"{item.Content.Length}")
        {
            throw S3Error.InvalidRequest("The provided 'x-amz-mp-object-size' header does not match what was computed.");
        }
    }
}
