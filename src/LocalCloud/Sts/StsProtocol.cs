using LocalCloud.Http;

namespace LocalCloud.Sts;

/// <summary>STS over the Query protocol: who am I, which every SDK and the CDK ask.</summary>
internal sealed class StsProtocol(CloudOptions options) : IService
{
    private const string Xmlns = "https://sts.amazonaws.com/doc/2011-06-15/";

    public string Name => ServiceName.Sts;

    public int LargestBody => Limits.RequestBytes;

    public string? ActionOf(Call call) => call.Form?["Action"];

    public Task HandleAsync(Call call) => ActionOf(call) == "GetCallerIdentity"
        ? call.AnswerAsync(200, "text/xml", Identity(call.RequestId))
        : throw new ServiceException("InvalidAction", $"STS of LocalCloud has no action '{ActionOf(call)}': it has GetCallerIdentity.");

    public Task RefuseAsync(Call call, ServiceException error) => QueryErrors.AnswerAsync(call, Xmlns, error);

    private byte[] Identity(string requestId) => new XmlText()
        .Open("GetCallerIdentityResponse", Xmlns)
        .Open("GetCallerIdentityResult")
        .Element("Arn", $"arn:aws:iam::{options.AccountId}:root")
        .Element("UserId", options.AccountId)
        .Element("Account", options.AccountId)
        .Close("GetCallerIdentityResult")
        .Open("ResponseMetadata").Element("RequestId", requestId).Close("ResponseMetadata")
        .Close("GetCallerIdentityResponse")
        .ToUtf8();
}
