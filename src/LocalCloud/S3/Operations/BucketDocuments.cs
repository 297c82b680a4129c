using System.Text;
using LocalCloud.S3.Configuration;

namespace LocalCloud.S3.Operations;

/// <summary>Reads, sets and removes the XML documents of a bucket.</summary>
internal static class BucketDocuments
{
    public static Func<S3Call, S3Answer> Get(string name)
    {
        var kind = BucketDocument.All[name];
        return call =>
        {
            var bucket = call.Bucket();
            call.Demand("Get" + kind.Permission, bucket);
            return bucket.Settings.Documents.TryGetValue(name, out var document)
                ? new(200) { Body = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document), ContentType = "application/xml" }
                : kind.Missing is { } missing ? throw missing() : S3Answer.Xml(S3Xml.Root(kind.Root).Close(kind.Root));
        };
    }

    public static Func<S3Call, S3Answer> Put(string name)
    {
        var kind = BucketDocument.All[name];
        return call =>
        {
            var bucket = call.Bucket();
            call.Demand("Put" + kind.Permission, bucket);
            var xml = XmlInput.Read(call.Content().Bytes, kind.Root);
            kind.Check(xml);
            call.Store.Configure(bucket, name, XmlInput.Text(xml));
            return new(name == "tagging" ? 204 : 200);
        };
    }

    /// <summary>Every destination gets a test event, and must take it, unless the client says not to look.</summary>
    public static S3Answer PutNotification(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("PutBucketNotification", bucket);
        var xml = XmlInput.Read(call.Content().Bytes, "NotificationConfiguration");
        BucketDocument.All["notification"].Check(xml);
        var document = XmlInput.Text(xml);
        if (call.Header("x-amz-skip-destination-validation") is not "true" and not "True")
        {
            call.S3.Events.Test(bucket, bucket.Settings.With("notification", document).Notifications, call.Principal, call.RequestId);
        }

        call.Store.Configure(bucket, BucketSettings.NotificationsByName, call.Principal);
        call.Store.Configure(bucket, "notification", document);
        return new(200);
    }

    public static Func<S3Call, S3Answer> Delete(string name)
    {
        var kind = BucketDocument.All[name];
        return call =>
        {
            var bucket = call.Bucket();
            call.Demand("Put" + kind.Permission, bucket);
            // A bucket is always encrypted: without a rule of its own, as all are.
            call.Store.Configure(bucket, name, name == "encryption" ? BucketEncryption.Default : null);
            return new(204);
        };
    }
}
