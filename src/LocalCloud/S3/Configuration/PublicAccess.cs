using System.Text;

namespace LocalCloud.S3.Configuration;

/// <summary>What a bucket's public access block forbids.</summary>
internal static class PublicAccess
{
    public static bool BlocksPolicies(BucketSettings settings) =>
        settings.Documents.GetValueOrDefault("publicAccessBlock") is { } document
        && XmlInput.Read(Encoding.UTF8.GetBytes(document), "PublicAccessBlockConfiguration").Flag("BlockPublicPolicy");
}
