using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Templates;
using Microsoft.AspNetCore.Http;

namespace Local.Web;

/// <summary>Functions, invoked by hand: their names, and an invocation with its log.</summary>
internal sealed class FunctionDoor(Deployment deployment)
{
    /// <summary>Lambda's limit for an event, in bytes.</summary>
    private const int MaximumEvent = 6 * 1024 * 1024;

    public Task ListAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status200OK, new() { ["functions"] = new JsonArray([.. deployment.Functions.Select(name => (JsonNode)name)]) });

    public async Task InvokeAsync(HttpContext context)
    {
        // A page of another origin may send forms and plain text here, but no JSON.
        if (!context.Request.HasJsonContentType())
        {
            await WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, new() { ["message"] = "Send the event as application/json." });
            return;
        }

        if (context.Request.ContentLength is null or > MaximumEvent)
        {
            await WriteAsync(context, StatusCodes.Status413PayloadTooLarge, new() { ["message"] = $"An event may have {MaximumEvent} bytes." });
            return;
        }

        using var payload = new MemoryStream();
        await context.Request.Body.CopyToAsync(payload, context.RequestAborted);
        try
        {
            var result = await deployment.InvokeAsync((string)context.Request.RouteValues["name"]!, payload.ToArray(), context.RequestAborted);
            await WriteAsync(context, StatusCodes.Status200OK, new()
            {
                ["requestId"] = result.RequestId,
                ["payload"] = Encoding.UTF8.GetString(result.Payload.Span),
                ["error"] = result.Error,
                ["log"] = result.Log,
            });
        }
        catch (ArgumentException e) when (e.ParamName == "functionName")
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, new() { ["message"] = e.Message.Split(" (Parameter")[0] });
        }
    }

    private static Task WriteAsync(HttpContext context, int status, JsonObject answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
