using LocalCloud.Http;
using LocalCloud.S3.Configuration;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Operations;

internal static class GetObjectAttributes
{
    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand(call.VersionId is null ? "GetObject" : "GetObjectVersion", bucket, call.Key);
        call.Demand(call.VersionId is null ? "GetObjectAttributes" : "GetObjectVersionAttributes", bucket, call.Key);
        var wanted = (call.Header("x-amz-object-attributes") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0 || wanted.Any(name => !Known.Contains(name)))
        {
            throw S3Error.InvalidArgument("Invalid attribute name specified.");
        }

        var item = ReadObject.Find(call, bucket);
        var xml = S3Xml.Root("GetObjectAttributesResponse").Element("ETag", wanted.Contains("ETag") ? item.ETag : null);
        if (wanted.Contains("Checksum") && item.Checksum is { } checksum)
        {
            xml.Open("Checksum");
            checksum.Write(xml);
            xml.Close("Checksum");
        }

        if (wanted.Contains("ObjectParts") && !item.Parts.IsEmpty)
        {
            WriteParts(xml, call, item);
        }

        xml.Element("StorageClass", wanted.Contains("StorageClass") ? item.StorageClass : null)
            .Element("ObjectSize", wanted.Contains("ObjectSize") ? $"{item.Content.Length}" : null);
        return S3Answer.Xml(xml.Close("GetObjectAttributesResponse"))
            .With("Last-Modified", S3Answer.HttpDate(item.At))
            .With("x-amz-version-id", bucket.Settings.Versioning == Versioning.Off ? null : item.VersionId);
    }

    // S3 shows single parts only where they have checksums of their own.
    private static void WriteParts(XmlText xml, S3Call call, ObjectVersion item)
    {
        var most = int.TryParse(call.Header("x-amz-max-parts"), out var max) && max is > 0 and < 1000 ? max : 1000;
        var marker = int.TryParse(call.Header("x-amz-part-number-marker"), out var number) ? number : 0;
        var parts = item.Parts.Where(part => part.Number > marker && item.Checksum is { IsComposite: true }).Take(most + 1).ToList();
        xml.Open("ObjectParts").Number("PartsCount", item.Parts.Length).Number("PartNumberMarker", marker)
            .Element("NextPartNumberMarker", parts.Count == 0 ? null : $"{parts[Math.Min(most, parts.Count) - 1].Number}")
            .Number("MaxParts", most).Flag("IsTruncated", parts.Count > most);
        foreach (var part in parts.Take(most))
        {
            xml.Open("Part").Number("PartNumber", part.Number).Number("Size", part.Size);
            part.Checksum?.Write(xml, withType: false);
            xml.Close("Part");
        }

        xml.Close("ObjectParts");
    }
}
