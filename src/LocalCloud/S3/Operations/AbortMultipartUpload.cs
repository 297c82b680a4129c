namespace LocalCloud.S3.Operations;

internal static class AbortMultipartUpload
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("AbortMultipartUpload", bucket, call.Key);
        call.Store.Abort(bucket, UploadPart.UploadOf(call, bucket));
        return new(204);
    }
}
