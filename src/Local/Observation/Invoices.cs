using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.AspNetCore.Http;

namespace Local.Observation;

/// <summary>The invoices that the functions wrote into LocalCloud's bucket.</summary>
internal sealed class Invoices(Uri cloud, string bucket) : IDisposable
{
    // With the key that may do everything in LocalCloud; made when somebody looks, for it takes its time.
    private readonly Lazy<AmazonS3Client> _s3 = new(() => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonS3Config { ServiceURL = cloud.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" }));

    /// <summary>Null where none is written yet.</summary>
    public async Task<InvoiceReport?> FindAsync(Guid booking, CancellationToken cancellationToken)
    {
        // Asked for by its place in a list: what is not there yet is no error then.
        var list = await _s3.Value.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = Key(booking), MaxKeys = 1 }, cancellationToken);
        return list.S3Objects is [var found, ..] ? new(found.Key, found.Size ?? 0, $"/local/bookings/{booking}/invoice") : null;
    }

    /// <summary>Hands the invoice out, or says 404.</summary>
    public async Task WriteAsync(Guid booking, HttpContext context)
    {
        try
        {
            using var document = await _s3.Value.GetObjectAsync(bucket, Key(booking), context.RequestAborted);
            context.Response.ContentType = document.Headers.ContentType;
            context.Response.ContentLength = document.ContentLength;
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"invoice-{booking}.pdf\"";
            await document.ResponseStream.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    public void Dispose()
    {
        if (_s3.IsValueCreated)
            _s3.Value.Dispose();
    }

    private static string Key(Guid booking) => $"invoices/{booking}.pdf";
}
