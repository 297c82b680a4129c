using System.Globalization;
using System.Text;
using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Operations;

/// <summary>GetObject and HeadObject, which differ by the body alone.</summary>
internal static class ReadObject
{
    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-cache-control", "Cache-Control"), ("response-content-disposition", "Content-Disposition"), ("response-content-encoding", "Content-Encoding"),
        ("response-content-language", "Content-Language"), ("response-content-type", "Content-Type"), ("response-expires", "Expires"),
    ];

    public static S3Answer Head(S3Call call) => Get(call);

    public static S3Answer Get(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand(call.VersionId is null ? "GetObject" : "GetObjectVersion", bucket, call.Key);
        var item = Find(call, bucket);
        if (new ReadCondition(call).IsKnown(item))
        {
            return new S3Answer(304).With("ETag", ETag.Quoted(item.ETag)).With("Last-Modified", S3Answer.HttpDate(item.At));
        }

        if (StorageClass.IsArchive(item.StorageClass) && call.Method == "GET")
        {
            throw S3Error.InvalidObjectState();
        }

        if (call.Method == "GET")
        {
            EncryptionKey.DemandToRead(call, bucket, item);
        }

        if (call.Query["partNumber"] is not null && call.Header("Range") is not null)
        {
            throw S3Error.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        }

        var range = call.Query["partNumber"] is { } part ? RangeOf(item, part) : ByteRange.Parse(call.Header("Range"), item.Content.Length);
        var (start, length) = range is { } r ? (r.Start, r.Length) : (0, item.Content.Length);
        var answer = new S3Answer(range is null ? 200 : 206) { Body = item.Content.AsMemory(start, length) }
            .With("Accept-Ranges", "bytes")
            .With("Last-Modified", S3Answer.HttpDate(item.At))
            .With("ETag", ETag.Quoted(item.ETag))
            .With(item.Headers.All)
            .With("Content-Range", range is null ? null : item.Content.Length == 0 ? null : $"bytes {start}-{start + length - 1}/{item.Content.Length}")
            .With("x-amz-storage-class", item.StorageClass == StorageClass.Standard ? null : item.StorageClass)
            .With("x-amz-tagging-count", item.Tags.IsEmpty ? null : $"{item.Tags.Count}")
            .With("x-amz-mp-parts-count", call.Query["partNumber"] is null || item.Parts.IsEmpty ? null : $"{item.Parts.Length}")
            .With(Overridden(call));
        if (range is null && "ENABLED".Equals(call.Header("x-amz-checksum-mode"), StringComparison.OrdinalIgnoreCase))
        {
            item.Checksum?.Write(answer);
        }

        return NewObject.Describe(answer, bucket, item);
    }

    /// <summary>The version that a read means.</summary>
    /// <exception cref="Http.ServiceException">There is none, or only a delete marker. Who may not list the bucket does not learn even that.</exception>
    public static ObjectVersion Find(S3Call call, Bucket bucket)
    {
        ObjectKey.Check(call.Key);
        var version = call.Store.Get(bucket, call.Key, call.VersionId);
        if (version is { IsDeleteMarker: false })
        {
            return version;
        }

        call.Demand(call.VersionId is null ? "ListBucket" : "ListBucketVersions", bucket);
        if (version is null)
        {
            throw call.VersionId is null ? S3Error.NoSuchKey() : S3Error.NoSuchVersion();
        }

        call.Say("x-amz-delete-marker", "true");
        call.Say("x-amz-version-id", version.VersionId);
        if (call.VersionId is null)
        {
            throw S3Error.NoSuchKey();
        }

        call.Say("Last-Modified", S3Answer.HttpDate(version.At));
        call.Say("Allow", "DELETE");
        throw S3Error.MethodNotAllowed();
    }

    private static ByteRange? RangeOf(ObjectVersion item, string part)
    {
        if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > Uploads.Part.Most)
        {
            throw S3Error.InvalidArgument($"Part number must be an integer between 1 and {Uploads.Part.Most}, inclusive");
        }

        return item.Parts.IsEmpty ? number == 1 ? new(0, item.Content.Length) : throw S3Error.InvalidPartNumber()
            : number > item.Parts.Length ? throw S3Error.InvalidPartNumber()
            : new(item.Parts.Take(number - 1).Sum(earlier => earlier.Size), item.Parts[number - 1].Size);
    }

    private static IEnumerable<KeyValuePair<string, string>> Overridden(S3Call call)
    {
        foreach (var (parameter, header) in Overrides)
        {
            if (call.Query[parameter] is { Length: > 0 } value)
            {
                yield return !Ascii.IsValid(value) || value.Any(char.IsControl)
                    ? throw S3Error.InvalidArgument("Header value cannot be represented using ISO-8859-1.")
                    : new(header, value);
            }
        }
    }
}
