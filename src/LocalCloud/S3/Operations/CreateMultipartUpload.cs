using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;
using LocalCloud.S3.Uploads;

namespace LocalCloud.S3.Operations;

internal static class CreateMultipartUpload
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand("PutObject", bucket, call.Key);
        var item = NewObject.Read(call, bucket) with { At = call.Now };
        var algorithm = call.Header("x-amz-checksum-algorithm") is { } name ? ChecksumAlgorithm.Named(name) : null;
        var upload = new Upload(VersionIds.New(48), item, algorithm, IsComposite(call.Header("x-amz-checksum-type"), algorithm));
        call.Store.Start(bucket, upload);
        var xml = S3Xml.Root("InitiateMultipartUploadResult")
            .Element("Bucket", bucket.Name).Element("Key", call.Key).Element("UploadId", upload.Id)
            .Close("InitiateMultipartUploadResult");
        var answer = S3Answer.Xml(xml)
            .With("x-amz-checksum-algorithm", algorithm?.Name)
            .With("x-amz-checksum-type", algorithm is null ? null : upload.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
        item.Encryption.Write(answer);
        return answer;
    }

    private static bool IsComposite(string? type, ChecksumAlgorithm? algorithm)
    {
        var whole = algorithm is null || algorithm == ChecksumAlgorithm.Crc64Nvme;
        return type switch
        {
            null => !whole,
            "COMPOSITE" when !whole => true,
            "FULL_OBJECT" when whole || algorithm!.IsCrc => false,
            "COMPOSITE" or "FULL_OBJECT" => throw S3Error.InvalidRequest($"The {type} checksum type cannot be used with the {algorithm?.Name ?? "CRC64NVME"} checksum algorithm."),
            _ => throw S3Error.InvalidRequest("Value for x-amz-checksum-type header is invalid."),
        };
    }
}
