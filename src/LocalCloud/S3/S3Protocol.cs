using System.Text;
using LocalCloud.Http;
using LocalCloud.S3.Cors;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.S3;

/// <summary>S3 over REST and XML.</summary>
internal sealed class S3Protocol(S3Service s3) : IService
{
    /// <summary>The second id that S3 gives with every answer; support at AWS asks for it.</summary>
    public const string HostId = "LocalCloudLocalCloudLocalCloudLocalCloudLocalCloudLocalCloudLocalCloudLoc=";

    public string Name => ServiceName.S3;

    public int LargestBody => Limits.S3RequestBytes;

    public bool Owns(HttpRequest request)
    {
        try
        {
            return S3Address.IsS3Host(request.Host.Host) || (S3Address.Of(request).Bucket is { } bucket && s3.Store.Find(bucket) is not null);
        }
        catch (ServiceException)
        {
            return false;
        }
    }

    public string? ActionOf(Call call)
    {
        try
        {
            return Route(call).Action;
        }
        catch (ServiceException)
        {
            return null;
        }
    }

    public async Task HandleAsync(Call call)
    {
        var (address, query, action) = Route(call);
        var answer = S3Operations.All[action](new S3Call(s3, call, address, query));
        Preflight.Mark(answer, address.Bucket is null || action == S3Routes.Preflight ? null : s3.Store.Find(address.Bucket), Origin(call), call.Http.Request.Method);
        await AnswerAsync(call, answer);
    }

    public Task RefuseAsync(Call call, ServiceException error)
    {
        error = error.Code == "RequestEntityTooLarge" ? S3Error.EntityTooLarge() : error;
        S3Address? address = null;
        try
        {
            address = S3Address.Of(call.Http.Request);
        }
        catch (ServiceException)
        {
            // The address is what is wrong.
        }

        var xml = new XmlText().Declare().Open("Error").Element("Code", error.Code).Element("Message", error.Message)
            .Element("BucketName", error.Code.Contains("Bucket", StringComparison.Ordinal) ? address?.Bucket : null)
            .Element("Key", error.Code is "NoSuchKey" or "NoSuchVersion" ? address?.Key : null)
            .Element("Resource", "/" + address?.Bucket + (address?.Key is null ? "" : "/" + address.Key))
            .Element("RequestId", call.RequestId)
            .Element("HostId", HostId)
            .Close("Error");
        var answer = S3Answer.Xml(xml, error.Status);
        Preflight.Mark(answer, address?.Bucket is null ? null : s3.Store.Find(address.Bucket), Origin(call), call.Http.Request.Method);
        return AnswerAsync(call, answer);
    }

    private static string? Origin(Call call) => call.Http.Request.Headers.Origin.ToString() is { Length: > 0 } origin ? origin : null;

    private static (S3Address Address, Form Query, string Action) Route(Call call)
    {
        var address = S3Address.Of(call.Http.Request);
        var query = Form.Parse(Encoding.UTF8.GetBytes(address.Query)) ?? throw S3Error.InvalidUri();
        return (address, query, S3Routes.ActionOf(call.Http.Request, address, query));
    }

    private static async Task AnswerAsync(Call call, S3Answer answer)
    {
        if (!call.TryConclude(answer.Status))
        {
            return;
        }

        var response = call.Http.Response;
        response.StatusCode = answer.Status;
        response.Headers["x-amz-request-id"] = call.RequestId;
        response.Headers["x-amz-id-2"] = HostId;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.ContentType is not null)
        {
            response.ContentType = answer.ContentType;
        }

        // Those two have no body, and may not say how long it is.
        if (answer.Status is 204 or 304)
        {
            return;
        }

        response.ContentLength ??= answer.Body.Length;
        if (call.Http.Request.Method != HttpMethods.Head && !answer.Body.IsEmpty)
        {
            await response.BodyWriter.WriteAsync(answer.Body, call.Aborted);
        }
    }
}
