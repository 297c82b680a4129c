using System.Xml.Linq;
using LocalCloud.Http;

namespace LocalCloud.S3.Operations;

internal static class DeleteObjects
{
    private const int Most = 1000;

    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        var content = call.Content();
        if (!content.HasDigest)
        {
            throw S3Error.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }

        var document = XmlInput.Read(content.Bytes, "Delete");
        var items = document.Elements("Object").ToList();
        if (items.Count is 0 or > Most || items.Exists(item => item.Element("Key") is not { Value.Length: > 0 }))
        {
            throw S3Error.MalformedXml();
        }

        var xml = S3Xml.Root("DeleteResult");
        items.ForEach(item => Delete(call, bucket, item, xml, quiet: document.Flag("Quiet")));
        return S3Answer.Xml(xml.Close("DeleteResult"));
    }

    private static void Delete(S3Call call, Bucket bucket, XElement item, XmlText xml, bool quiet)
    {
        var key = item.Element("Key")!.Value;
        var versionId = item.Element("VersionId")?.Value is { Length: > 0 } id ? id : null;
        try
        {
            var removal = DeleteObject.Delete(call, bucket, key, versionId, new(item.Element("ETag")?.Value, false));
            if (quiet)
            {
                return;
            }

            var marker = removal?.Version is { IsDeleteMarker: true };
            xml.Open("Deleted").Element("Key", key).Element("VersionId", versionId)
                .Element("DeleteMarker", marker ? "true" : null)
                .Element("DeleteMarkerVersionId", marker ? removal!.Version.VersionId : null)
                .Close("Deleted");
        }
        catch (ServiceException error)
        {
            xml.Open("Error").Element("Key", key).Element("VersionId", versionId).Element("Code", error.Code).Element("Message", error.Message).Close("Error");
        }
    }
}
