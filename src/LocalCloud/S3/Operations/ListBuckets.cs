namespace LocalCloud.S3.Operations;

internal static class ListBuckets
{
    private const int Most = 10_000;

    public static S3Answer Run(S3Call call)
    {
        call.Demand("ListAllMyBuckets");
        var most = Paging.Number(call, "max-buckets", Most, least: 1);
        var prefix = call.Query["prefix"] ?? "";
        var after = Paging.Token(call, "continuation-token") ?? "";
        var region = call.Query["bucket-region"];
        var buckets = call.Store.All
            .Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(bucket.Name, after) > 0 && (region is null || bucket.Region == region))
            .Take(most + 1)
            .ToList();
        var xml = S3Xml.Root("ListAllMyBucketsResult").Owner(call.S3).Open("Buckets");
        foreach (var bucket in buckets.Take(most))
        {
            xml.Open("Bucket").Element("Name", bucket.Name).Time("CreationDate", bucket.CreatedAt)
                .Element("BucketRegion", bucket.Region).Element("BucketArn", bucket.Arn).Close("Bucket");
        }

        xml.Close("Buckets")
            .Element("ContinuationToken", buckets.Count > most ? Paging.TokenOf(buckets[most - 1].Name) : null)
            .Element("Prefix", call.Query["prefix"]);
        return S3Answer.Xml(xml.Close("ListAllMyBucketsResult"));
    }
}
