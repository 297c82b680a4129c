namespace LocalCloud.S3.Operations;

internal static class DeleteBucket
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("DeleteBucket", bucket);
        call.Store.Delete(bucket);
        return new(204);
    }
}
