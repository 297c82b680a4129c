using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

internal static class BucketPolicyResource
{
    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var (bucket, policy) = (context.Required("Bucket"), context.Required("PolicyDocument"));
        await context.Site.BucketServices.S3Async(HttpMethod.Put, $"/{bucket}?policy", policy, cancellationToken);
        return Created.With(bucket);
    }
}
