namespace LocalCloud.S3.Operations;

internal static class ListObjectVersions
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("ListBucketVersions", bucket);
        var (write, most) = (Paging.KeyWriter(call), Paging.Number(call, "max-keys"));
        var (prefix, delimiter) = (call.Query["prefix"] ?? "", call.Query["delimiter"] ?? "");
        var (marker, version) = (call.Query["key-marker"] ?? "", call.Query["version-id-marker"] is { Length: > 0 } id ? id : null);
        if (version is not null && marker.Length == 0)
        {
            throw S3Error.InvalidArgument("A version-id marker cannot be specified without a key marker.");
        }

        var (page, latest) = call.Store.ListVersions(bucket, prefix, delimiter, marker, version, most);
        var xml = S3Xml.Root("ListVersionsResult")
            .Element("Name", bucket.Name)
            .Element("Prefix", write(prefix))
            .Element("KeyMarker", write(marker))
            .Element("VersionIdMarker", version ?? "")
            .Element("NextKeyMarker", page.Next is { } next ? write(next) : null)
            .Element("NextVersionIdMarker", page.LastItem?.VersionId)
            .Number("MaxKeys", most)
            .Element("Delimiter", delimiter.Length > 0 ? write(delimiter) : null)
            .Element("EncodingType", call.Query["encoding-type"])
            .Flag("IsTruncated", page.IsTruncated);
        foreach (var item in page.Items)
        {
            var element = item.IsDeleteMarker ? "DeleteMarker" : "Version";
            xml.Open(element).Element("Key", write(item.Key)).Element("VersionId", item.VersionId)
                .Flag("IsLatest", latest.Contains(item)).Time("LastModified", item.At);
            if (!item.IsDeleteMarker)
            {
                xml.Element("ETag", Content.ETag.Quoted(item.ETag)).Number("Size", item.Content.Length).Element("StorageClass", item.StorageClass);
            }

            xml.Owner(call.S3).Close(element);
        }

        ListObjects.WritePrefixes(xml, page.Prefixes, write);
        return S3Answer.Xml(xml.Close("ListVersionsResult"));
    }
}
