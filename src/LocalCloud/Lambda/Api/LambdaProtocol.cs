using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Http;

namespace LocalCloud.Lambda.Api;

/// <summary>Lambda's API over REST and JSON.</summary>
internal sealed class LambdaProtocol(LambdaService lambda) : IService
{
    public string Name => ServiceName.Lambda;

    public int LargestBody => Limits.LambdaRequestBytes;

    public string? ActionOf(Call call) => LambdaRoutes.Find(call.Http.Request)?.Route.Action;

    public Task HandleAsync(Call call)
    {
        if (LambdaRoutes.Find(call.Http.Request) is not var (route, values))
            throw new ServiceException("UnknownOperationException", $"LocalCloud's Lambda has no {call.Http.Request.Method} {Excerpt.Of(call.Http.Request.Path.Value ?? "")}.", status: 404);
        return route.Run(new LambdaCall(call, lambda, values));
    }

    public Task RefuseAsync(Call call, ServiceException error)
    {
        call.Http.Response.Headers["x-amzn-ErrorType"] = error.Type[(error.Type.LastIndexOf('#') + 1)..];
        var body = new JsonObject { ["Type"] = error.Status < 500 ? "User" : "Service", ["Message"] = error.Message, ["message"] = error.Message };
        return call.AnswerAsync(error.Status, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString()));
    }
}
