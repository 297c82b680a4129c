using System.Globalization;
using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;
using LocalCloud.S3.Uploads;

namespace LocalCloud.S3.Operations;

internal static class UploadPart
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("PutObject", bucket, call.Key);
        var (upload, number) = (UploadOf(call, bucket), NumberOf(call));
        EncryptionKey.DemandToRead(call, bucket, upload.Object);
        PutObject.RequireLength(call);
        var content = call.Content();
        if (content.Checksum is { } given && upload.Algorithm is { } expected && given.Algorithm != expected)
        {
            throw S3Error.InvalidRequest(
                $"Checksum Type mismatch occurred, expected checksum Type: {expected.Name.ToLowerInvariant()}, actual checksum Type: {given.Algorithm.Name.ToLowerInvariant()}");
        }

        var part = PartOf(call, upload, number, content.Bytes, content.Checksum);
        call.Store.Put(bucket, upload, part);
        var answer = new S3Answer(200).With("ETag", ETag.Quoted(part.ETag)).With(part.Checksum?.Algorithm.Header ?? "", part.Checksum?.Value);
        upload.Object.Encryption.Write(answer);
        return answer;
    }

    /// <exception cref="Http.ServiceException">NoSuchUpload.</exception>
    public static Upload UploadOf(S3Call call, Bucket bucket) => call.Store.FindUpload(bucket, call.Key, call.Query["uploadId"] ?? "");

    /// <exception cref="Http.ServiceException">It is not 1 to 10,000.</exception>
    public static int NumberOf(S3Call call) =>
        int.TryParse(call.Query["partNumber"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Part.Most
            ? number
            : throw S3Error.InvalidArgument($"Part number must be an integer between 1 and {Part.Most}, inclusive");

    /// <summary>A part with the checksum that its upload will need.</summary>
    public static Part PartOf(S3Call call, Upload upload, int number, byte[] content, Checksum? checksum) =>
        new(number, content, ETag.Of(content), call.Now, checksum ?? (upload.Algorithm is { } algorithm ? Checksum.Of(algorithm, content) : null));
}
