using LocalCloud.S3.Content;

namespace LocalCloud.S3.Operations;

internal static class ListParts
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("ListMultipartUploadParts", bucket, call.Key);
        var upload = UploadPart.UploadOf(call, bucket);
        var most = Paging.Number(call, "max-parts");
        var marker = call.Query["part-number-marker"] is { Length: > 0 } ? Paging.Number(call, "part-number-marker", int.MaxValue) : 0;
        var parts = call.Store.Parts(upload).Where(part => part.Number > marker).Take(most + 1).ToList();
        var page = parts.Take(most).ToList();
        var xml = S3Xml.Root("ListPartsResult")
            .Element("Bucket", bucket.Name).Element("Key", call.Key).Element("UploadId", upload.Id)
            .Owner(call.S3, "Initiator").Owner(call.S3)
            .Element("StorageClass", upload.Object.StorageClass)
            .Number("PartNumberMarker", marker)
            .Element("NextPartNumberMarker", page.Count == 0 ? null : $"{page[^1].Number}")
            .Number("MaxParts", most)
            .Flag("IsTruncated", parts.Count > most)
            .Element("ChecksumAlgorithm", upload.Algorithm?.Name)
            .Element("ChecksumType", upload.Algorithm is null ? null : upload.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
        foreach (var part in page)
        {
            xml.Open("Part").Number("PartNumber", part.Number).Time("LastModified", part.At).Element("ETag", ETag.Quoted(part.ETag)).Number("Size", part.Content.Length);
            part.Checksum?.Write(xml, withType: false);
            xml.Close("Part");
        }

        return S3Answer.Xml(xml.Close("ListPartsResult"));
    }
}
