using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Operations;

internal static class PutObject
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("PutObject", bucket, call.Key);
        var item = NewObject.Read(call, bucket);
        RequireLength(call);
        var condition = WriteCondition.Read(call);
        if (call.Header("x-amz-write-offset-bytes") is not null)
        {
            throw S3Error.NotImplemented("appending to objects");
        }

        var content = call.Content();
        var stored = call.Store.Put(
            bucket,
            item with
            {
                Content = content.Bytes,
                ETag = ETag.Of(content.Bytes),
                // What S3 computes for clients that compute nothing.
                Checksum = content.Checksum ?? Checksum.Of(ChecksumAlgorithm.Crc64Nvme, content.Bytes),
            },
            condition);
        call.Send(bucket, stored, "ObjectCreated:Put");
        var answer = new S3Answer(200).With("ETag", ETag.Quoted(stored.ETag));
        stored.Checksum!.Write(answer);
        return NewObject.Describe(answer, bucket, stored);
    }

    /// <summary>S3 wants to know beforehand how much comes.</summary>
    /// <exception cref="Http.ServiceException">MissingContentLength.</exception>
    public static void RequireLength(S3Call call)
    {
        if (call.Header("Transfer-Encoding") is not null && call.Header("x-amz-decoded-content-length") is null)
        {
            throw S3Error.MissingLength();
        }
    }
}
