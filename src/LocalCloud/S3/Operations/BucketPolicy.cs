using System.Text;
using LocalCloud.Http;
using LocalCloud.S3.Configuration;

namespace LocalCloud.S3.Operations;

/// <summary>The policy of a bucket, which is JSON and not XML.</summary>
internal static class BucketPolicy
{
    public static S3Answer Get(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("GetBucketPolicy", bucket);
        return new(200) { Body = Encoding.UTF8.GetBytes(bucket.Settings.Policy ?? throw Missing()), ContentType = "application/json" };
    }

    public static S3Answer Put(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("PutBucketPolicy", bucket);
        var policy = PolicyDocument.Read(call.Content().Bytes, bucket.Arn);
        if (policy.IsPublic && PublicAccess.BlocksPolicies(bucket.Settings))
        {
            throw new ServiceException(
                "AccessDenied",
                $"s3:PutBucketPolicy on resource \"{bucket.Arn}\" is denied because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
                status: 403);
        }

        call.Store.Configure(bucket, "policy", policy.Text);
        return new(204);
    }

    public static S3Answer Delete(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("DeleteBucketPolicy", bucket);
        call.Store.Configure(bucket, "policy", null);
        return new(204);
    }

    public static S3Answer Status(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("GetBucketPolicyStatus", bucket);
        var policy = PolicyDocument.Read(Encoding.UTF8.GetBytes(bucket.Settings.Policy ?? throw Missing()), bucket.Arn);
        return S3Answer.Xml(S3Xml.Root("PolicyStatus").Flag("IsPublic", policy.IsPublic).Close("PolicyStatus"));
    }

    private static ServiceException Missing() => new("NoSuchBucketPolicy", "The bucket policy does not exist", status: 404);
}
