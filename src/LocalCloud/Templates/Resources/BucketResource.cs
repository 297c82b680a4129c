using System.Xml.Linq;
using LocalCloud.S3;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>A bucket, and one call for each part of its configuration.</summary>
internal static class BucketResource
{
    /// <summary>Reports and billing: a program that uses the bucket cannot tell whether they are there.</summary>
    private static readonly string[] WithoutEffect =
    [
        "BucketName", "Tags", "AccelerateConfiguration", "AnalyticsConfigurations", "IntelligentTieringConfigurations", "InventoryConfigurations",
        "LoggingConfiguration", "MetadataConfiguration", "MetadataTableConfiguration", "MetricsConfigurations",
    ];

    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var (services, names) = (context.Site.BucketServices, context.Site.Names);
        // Buckets have no capitals.
        var name = context.Text("BucketName") ?? context.PhysicalName(63).ToLowerInvariant();
        var location = names.Region == "us-east-1" ? "" : new XElement("CreateBucketConfiguration", new XElement("LocationConstraint", names.Region)).ToString();
        await services.S3Async(HttpMethod.Put, $"/{name}", location, cancellationToken);
        context.Site.Created($"bucket {name}", ct => services.S3Async(HttpMethod.Delete, $"/{name}", "", ct));
        foreach (var (document, xml) in BucketConfiguration.Of(context))
            await services.S3Async(HttpMethod.Put, $"/{name}?{document}", xml.ToString(SaveOptions.DisableFormatting), cancellationToken);
        foreach (var (property, _) in context.Properties)
        {
            if (!WithoutEffect.Contains(property) && !BucketConfiguration.Knows(property) && !SaysNothing(context, property))
                S3Log.PropertyIgnored(context.Site.Logger, context.Id.LogicalId, context.Id.Stack, property);
        }
        return Created.With(
            name,
            ("Arn", $"arn:{CloudNames.Partition}:s3:::{name}"),
            ("DomainName", $"{name}.s3.amazonaws.com"),
            ("RegionalDomainName", $"{name}.s3.{names.Region}.amazonaws.com"),
            ("DualStackDomainName", $"{name}.s3.dualstack.{names.Region}.amazonaws.com"),
            ("WebsiteURL", $"http://{name}.s3-website-{names.Region}.amazonaws.com"));
    }

    private static bool SaysNothing(ResourceContext context, string property) => property switch
    {
        "AccessControl" => context.Text(property) is "Private" or "BucketOwnerFullControl",
        "ObjectLockEnabled" => !context.Flag(property),
        _ => false,
    };
}
