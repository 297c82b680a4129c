using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalCloud.Lambda.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Templates.Resources;

/// <summary>The <c>ResponseURL</c>s of custom resources, each good for one answer.</summary>
internal sealed class CustomResources
{
    /// <summary>CloudFormation takes 4 KB.</summary>
    private const int MaximumAnswer = 4096;

    private const string Path = "/_custom-resource/";

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _expected = new();

    public void Serve(WebApplication server) => server.MapPut($"{Path}{{token}}", AnswerAsync);

    /// <summary>A path where an answer is expected, and the answer.</summary>
    public (string Path, Task<JsonObject> Answer) Expect()
    {
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var token = Guid.NewGuid().ToString("N");
        _expected[token] = answer;
        return (Path + token, answer.Task);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await Body.ReadAsync(context.Request, MaximumAnswer);
        if (body is null)
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        else if (Parse(body.Value) is not { } answer)
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        else if (!_expected.TryRemove((string)context.Request.RouteValues["token"]!, out var waiting))
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
            waiting.TrySetResult(answer);
    }

    private static JsonObject? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
