using LocalCloud.Http;

namespace LocalCloud.S3.Operations;

/// <summary>What a bucket answers about features that are off, and that LocalCloud cannot switch on.</summary>
internal static class BucketFeatures
{
    public static S3Answer Accelerate(S3Call call) => Empty(call, "GetAccelerateConfiguration", "AccelerateConfiguration");

    public static S3Answer Logging(S3Call call) => Empty(call, "GetBucketLogging", "BucketLoggingStatus");

    public static S3Answer ObjectLock(S3Call call) => Missing(
        call, "GetBucketObjectLockConfiguration", "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket");

    public static S3Answer Replication(S3Call call) => Missing(
        call, "GetReplicationConfiguration", "ReplicationConfigurationNotFoundError", "The replication configuration was not found");

    public static S3Answer RequestPayment(S3Call call)
    {
        call.Demand("GetBucketRequestPayment", call.Bucket());
        return S3Answer.Xml(S3Xml.Root("RequestPaymentConfiguration").Element("Payer", "BucketOwner").Close("RequestPaymentConfiguration"));
    }

    public static S3Answer Website(S3Call call) => Missing(
        call, "GetBucketWebsite", "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration");

    private static S3Answer Empty(S3Call call, string permission, string root)
    {
        call.Demand(permission, call.Bucket());
        return S3Answer.Xml(S3Xml.Root(root).Close(root));
    }

    private static S3Answer Missing(S3Call call, string permission, string code, string message)
    {
        call.Demand(permission, call.Bucket());
        throw new ServiceException(code, message, status: 404);
    }
}
