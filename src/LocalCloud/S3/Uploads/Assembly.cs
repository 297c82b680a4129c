using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Uploads;

/// <summary>Makes one object of the parts that a client names.</summary>
internal static class Assembly
{
    /// <exception cref="Http.ServiceException">A part is missing, is another than the client means, is too small, or comes too early.</exception>
    public static List<Part> Choose(List<Part> uploaded, List<CompletedPart> named)
    {
        if (named.Count is 0 or > Part.Most)
        {
            throw S3Error.MalformedXml();
        }

        if (named.Zip(named.Skip(1)).Any(pair => pair.First.Number >= pair.Second.Number))
        {
            throw S3Error.InvalidPartOrder();
        }

        var byNumber = uploaded.ToDictionary(part => part.Number);
        List<Part> chosen = [.. named.Select(name =>
            byNumber.TryGetValue(name.Number, out var part) && part.ETag == name.ETag && (name.Checksum is null || part.Checksum is null || part.Checksum.Value == name.Checksum)
                ? part
                : throw S3Error.InvalidPart())];
        return chosen.SkipLast(1).Any(part => part.Content.Length < Part.Smallest) ? throw S3Error.EntityTooSmall() : chosen;
    }

    /// <summary>The object, with the entity tag and the checksum of its parts.</summary>
    public static ObjectVersion Join(Upload upload, List<Part> parts)
    {
        var size = parts.Sum(part => (long)part.Content.Length);
        if (size > Limits.BucketBytes)
        {
            throw S3Error.StorageFull();
        }

        var content = new byte[size];
        var filled = 0;
        foreach (var part in parts)
        {
            part.Content.CopyTo(content, filled);
            filled += part.Content.Length;
        }

        var algorithm = upload.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        return upload.Object with
        {
            Content = content,
            ETag = ETag.OfParts([.. parts.Select(part => part.ETag)]),
            Checksum = upload.IsComposite ? Checksum.OfParts(algorithm, [.. parts.Select(part => part.Checksum!)]) : Checksum.Of(algorithm, content),
            Parts = [.. parts.Select(part => new StoredPart(part.Number, part.Content.Length, part.Checksum))],
        };
    }
}
