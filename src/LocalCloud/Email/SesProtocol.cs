using LocalCloud.Http;

namespace LocalCloud.Email;

/// <summary>SES v2 over REST and JSON.</summary>
internal sealed class SesProtocol(SesService ses) : IService
{
    public string Name => ServiceName.Ses;

    /// <summary>A message of 40 MB in base64, and its recipients.</summary>
    public int LargestBody => 56 * 1024 * 1024;

    public string? ActionOf(Call call) => Find(call)?.Name;

    public Task HandleAsync(Call call)
    {
        var (_, run, identity) = Find(call) ?? throw SesError.NotFound(
            "LocalCloud's SES has SendEmail, GetAccount and Create-, Get-, List- and DeleteEmailIdentity only.");
        try
        {
            return call.AnswerAsync(200, "application/json", JsonBody.Read(
                call.Body, input => JsonBody.Write(output => run(new SesCall(ses, call, identity, new JsonInput(input), output))), JsonInput.Malformed));
        }
        catch (ServiceException invalid) when (invalid.Code == "ValidationException")
        {
            throw SesError.Bad(invalid.Message);
        }
    }

    public Task RefuseAsync(Call call, ServiceException error)
    {
        call.Http.Response.Headers["x-amzn-ErrorType"] = error.Type;
        return call.AnswerAsync(error.Status, "application/json", JsonBody.Write(output => output.WriteString("message"u8, error.Message)));
    }

    private static (string Name, Action<SesCall> Run, string Identity)? Find(Call call) =>
        SesOperations.Find(call.Http.Request.Method, call.Http.Request.Path.Value ?? "");
}
