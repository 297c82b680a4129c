using LocalCloud.S3.Objects;
using LocalCloud.S3.Uploads;

namespace LocalCloud.S3.Operations;

internal static class ListMultipartUploads
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("ListBucketMultipartUploads", bucket);
        var (write, most) = (Paging.KeyWriter(call), Paging.Number(call, "max-uploads"));
        var (prefix, delimiter) = (call.Query["prefix"] ?? "", call.Query["delimiter"] ?? "");
        var (marker, id) = (call.Query["key-marker"] ?? "", call.Query["upload-id-marker"] is { Length: > 0 } text ? text : null);
        var all = call.Store.Uploads(bucket);
        var behind = all.FindIndex(upload => upload.Key == marker && upload.Id == id);
        var rest = behind >= 0 ? all.Skip(behind + 1) : all.Where(upload => ObjectKey.Order.Compare(upload.Key, marker) > 0);
        var page = Listing<Upload>.Of(rest, upload => upload.Key, prefix, delimiter, marker, most);
        var xml = S3Xml.Root("ListMultipartUploadsResult")
            .Element("Bucket", bucket.Name)
            .Element("KeyMarker", write(marker))
            .Element("UploadIdMarker", id ?? "")
            .Element("NextKeyMarker", page.Next is { } next ? write(next) : null)
            .Element("NextUploadIdMarker", page.LastItem?.Id)
            .Element("Prefix", write(prefix))
            .Element("Delimiter", delimiter.Length > 0 ? write(delimiter) : null)
            .Element("EncodingType", call.Query["encoding-type"])
            .Number("MaxUploads", most)
            .Flag("IsTruncated", page.IsTruncated);
        foreach (var upload in page.Items)
        {
            xml.Open("Upload").Element("Key", write(upload.Key)).Element("UploadId", upload.Id)
                .Owner(call.S3, "Initiator").Owner(call.S3)
                .Element("StorageClass", upload.Object.StorageClass).Time("Initiated", upload.Initiated)
                .Element("ChecksumAlgorithm", upload.Algorithm?.Name)
                .Element("ChecksumType", upload.Algorithm is null ? null : upload.IsComposite ? "COMPOSITE" : "FULL_OBJECT")
                .Close("Upload");
        }

        ListObjects.WritePrefixes(xml, page.Prefixes, write);
        return S3Answer.Xml(xml.Close("ListMultipartUploadsResult"));
    }
}
