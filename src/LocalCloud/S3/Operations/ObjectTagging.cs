using System.Collections.Immutable;
using LocalCloud.S3.Configuration;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Operations;

/// <summary>Reads, sets and removes the tags of an object.</summary>
internal static class ObjectTagging
{
    public static S3Answer Get(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand(call.VersionId is null ? "GetObjectTagging" : "GetObjectVersionTagging", bucket, call.Key);
        var version = ReadObject.Find(call, bucket);
        var xml = S3Xml.Root("Tagging");
        ObjectTags.Write(xml, version.Tags);
        return Answer(S3Answer.Xml(xml.Close("Tagging")), bucket, version);
    }

    public static S3Answer Put(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand(call.VersionId is null ? "PutObjectTagging" : "PutObjectVersionTagging", bucket, call.Key);
        var tags = ObjectTags.Read(XmlInput.Read(call.Content().Bytes, "Tagging"), ObjectTags.Most);
        return Answer(new(200), bucket, Change(call, bucket, tags, "ObjectTagging:Put"));
    }

    public static S3Answer Delete(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand(call.VersionId is null ? "DeleteObjectTagging" : "DeleteObjectVersionTagging", bucket, call.Key);
        return Answer(new(204), bucket, Change(call, bucket, ImmutableSortedDictionary<string, string>.Empty, "ObjectTagging:Delete"));
    }

    private static ObjectVersion Change(S3Call call, Bucket bucket, ImmutableSortedDictionary<string, string> tags, string name)
    {
        ReadObject.Find(call, bucket);
        var changed = call.Store.Change(bucket, call.Key, call.VersionId, version => version with { Tags = tags }) ?? throw S3Error.NoSuchKey();
        call.Send(bucket, changed, name);
        return changed;
    }

    private static S3Answer Answer(S3Answer answer, Bucket bucket, ObjectVersion version) =>
        answer.With("x-amz-version-id", bucket.Settings.Versioning == Versioning.Off ? null : version.VersionId);
}
