using LocalCloud.Http;

namespace LocalCloud.Sts;

/// <summary>STS over the Query protocol: who am I, which every SDK and the CDK ask.</summary>
internal sealed class StsProtocol(CloudOptions options)
{
    private const string Xmlns = "https://sts.amazonaws.com/doc/2011-06-15/";

    public Task HandleAsync(Call call)
    {
        var action = call.ReadForm()?["Action"];
        return action == "GetCallerIdentity"
            ? call.AnswerAsync(200, "text/xml", Identity(call.RequestId))
            : QueryErrors.AnswerAsync(call, Xmlns, new ServiceException("InvalidAction", $"STS of LocalCloud has no action '{action}': it has GetCallerIdentity."));
    }

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
