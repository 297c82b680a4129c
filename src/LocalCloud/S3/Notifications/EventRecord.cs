using System.Text.Json.Nodes;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Notifications;

/// <summary>The JSON that S3 sends.</summary>
internal static class EventRecord
{
    /// <summary>An event of an object.</summary>
    /// <param name="change">What happened.</param>
    /// <param name="target">Who hears it.</param>
    /// <param name="s3">Whose region and account it is.</param>
    public static string Of(ObjectEvent change, NotificationTarget target, S3Service s3)
    {
        var (bucket, version) = (change.Bucket, change.Version);
        var item = new JsonObject { ["key"] = EventKey(version.Key) };
        if (!change.Name.Contains("Removed", StringComparison.Ordinal) && !change.Name.Contains("Expiration", StringComparison.Ordinal))
        {
            item["size"] = version.Content.Length;
        }

        if (change.Name != "ObjectRemoved:Delete" && change.Name != "LifecycleExpiration:Delete")
        {
            item["eTag"] = version.IsDeleteMarker ? ETagOfNothing : version.ETag;
        }

        if (bucket.Settings.Versioning != Configuration.Versioning.Off && version.VersionId != ObjectVersion.NullVersion)
        {
            item["versionId"] = version.VersionId;
        }

        item["sequencer"] = $"{version.Sequence:X18}";
        return new JsonObject
        {
            ["Records"] = new JsonArray(new JsonObject
            {
                ["eventVersion"] = change.Name.StartsWith("ObjectCreated", StringComparison.Ordinal) || change.Name.StartsWith("ObjectRemoved", StringComparison.Ordinal) ? "2.1" : "2.3",
                ["eventSource"] = "aws:s3",
                ["awsRegion"] = bucket.Region,
                ["eventTime"] = S3Answer.IsoDate(s3.Options.Time.GetUtcNow()),
                ["eventName"] = change.Name,
                ["userIdentity"] = new JsonObject { ["principalId"] = change.Principal },
                ["requestParameters"] = new JsonObject { ["sourceIPAddress"] = change.SourceAddress },
                ["responseElements"] = new JsonObject { ["x-amz-request-id"] = change.RequestId, ["x-amz-id-2"] = S3Protocol.HostId },
                ["s3"] = new JsonObject
                {
                    ["s3SchemaVersion"] = "1.0",
                    ["configurationId"] = target.Id,
                    ["bucket"] = new JsonObject
                    {
                        ["name"] = bucket.Name,
                        ["ownerIdentity"] = new JsonObject { ["principalId"] = s3.OwnerId },
                        ["arn"] = bucket.Arn,
                    },
                    ["object"] = item,
                },
            }),
        }.ToJsonString();
    }

    /// <summary>What S3 sends when a configuration is set, to see whether the destination takes it.</summary>
    public static string Test(Bucket bucket, DateTimeOffset now, string requestId) => new JsonObject
    {
        ["Service"] = "Amazon S3",
        ["Event"] = "s3:TestEvent",
        ["Time"] = S3Answer.IsoDate(now),
        ["Bucket"] = bucket.Name,
        ["RequestId"] = requestId,
        ["HostId"] = S3Protocol.HostId,
    }.ToJsonString();

    private const string ETagOfNothing = "d41d8cd98f00b204e9800998ecf8427e";

    // As java.net.URLEncoder does, but for slashes.
    private static string EventKey(string key) => UrlText.Encode(key);
}
