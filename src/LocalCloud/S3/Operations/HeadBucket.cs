namespace LocalCloud.S3.Operations;

internal static class HeadBucket
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("ListBucket", bucket);
        return new S3Answer(200) { ContentType = "application/xml" }
            .With("x-amz-bucket-region", bucket.Region)
            .With("x-amz-bucket-arn", bucket.Arn)
            .With("x-amz-access-point-alias", "false");
    }
}
