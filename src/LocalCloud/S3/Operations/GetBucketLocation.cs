namespace LocalCloud.S3.Operations;

internal static class GetBucketLocation
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("GetBucketLocation", bucket);
        // The first region has no name here.
        return S3Answer.Xml(S3Xml.Root("LocationConstraint").Text(bucket.Region == "us-east-1" ? "" : bucket.Region).Close("LocationConstraint"));
    }
}
