using LocalCloud.Http;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Operations;

/// <summary>Both listings of objects: the first names where a page ended by a key, the second by an opaque token.</summary>
internal static class ListObjects
{
    public static S3Answer V1(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("ListBucket", bucket);
        var (write, most) = (Paging.KeyWriter(call), Paging.Number(call, "max-keys"));
        var (prefix, delimiter, marker) = (call.Query["prefix"] ?? "", call.Query["delimiter"] ?? "", call.Query["marker"] ?? "");
        var page = call.Store.List(bucket, prefix, delimiter, marker, most);
        var xml = S3Xml.Root("ListBucketResult")
            .Element("Name", bucket.Name)
            .Element("Prefix", write(prefix))
            .Element("Marker", write(marker))
            // Without a delimiter the last key says it.
            .Element("NextMarker", page.Next is { } next && delimiter.Length > 0 ? write(next) : null)
            .Number("MaxKeys", most)
            .Element("Delimiter", delimiter.Length > 0 ? write(delimiter) : null)
            .Element("EncodingType", call.Query["encoding-type"])
            .Flag("IsTruncated", page.IsTruncated);
        return Answer(call, xml, page, write, owner: true);
    }

    public static S3Answer V2(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("ListBucket", bucket);
        var (write, most) = (Paging.KeyWriter(call), Paging.Number(call, "max-keys"));
        var (prefix, delimiter, start) = (call.Query["prefix"] ?? "", call.Query["delimiter"] ?? "", call.Query["start-after"]);
        var page = call.Store.List(bucket, prefix, delimiter, Paging.Token(call, "continuation-token") ?? start ?? "", most);
        var xml = S3Xml.Root("ListBucketResult")
            .Element("Name", bucket.Name)
            .Element("Prefix", write(prefix))
            .Element("StartAfter", start is null ? null : write(start))
            .Element("ContinuationToken", call.Query["continuation-token"])
            .Element("NextContinuationToken", page.Next is { } next ? Paging.TokenOf(next) : null)
            .Number("KeyCount", page.Items.Count + page.Prefixes.Count)
            .Number("MaxKeys", most)
            .Element("Delimiter", delimiter.Length > 0 ? write(delimiter) : null)
            .Element("EncodingType", call.Query["encoding-type"])
            .Flag("IsTruncated", page.IsTruncated);
        return Answer(call, xml, page, write, owner: call.Query["fetch-owner"] == "true");
    }

    /// <summary>The prefixes that a page of any listing rolled up.</summary>
    public static void WritePrefixes(XmlText xml, IEnumerable<string> prefixes, Func<string, string> write)
    {
        foreach (var prefix in prefixes)
        {
            xml.Open("CommonPrefixes").Element("Prefix", write(prefix)).Close("CommonPrefixes");
        }
    }

    private static S3Answer Answer(S3Call call, XmlText xml, Listing<ObjectVersion> page, Func<string, string> write, bool owner)
    {
        foreach (var item in page.Items)
        {
            xml.Open("Contents").Element("Key", write(item.Key)).Time("LastModified", item.At).Element("ETag", Content.ETag.Quoted(item.ETag));
            if (item.Checksum is { } checksum)
            {
                xml.Element("ChecksumAlgorithm", checksum.Algorithm.Name).Element("ChecksumType", checksum.Type);
            }

            xml.Number("Size", item.Content.Length);
            if (owner)
            {
                xml.Owner(call.S3);
            }

            xml.Element("StorageClass", item.StorageClass).Close("Contents");
        }

        WritePrefixes(xml, page.Prefixes, write);
        return S3Answer.Xml(xml.Close("ListBucketResult"));
    }
}
