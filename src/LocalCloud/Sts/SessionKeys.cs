using LocalCloud.Http;
using LocalCloud.Iam;

namespace LocalCloud.Sts;

/// <summary>How an answer of STS shows a key.</summary>
internal static class SessionKeys
{
    public static XmlText Write(XmlText output, AccessKeyPair key) => output
        .Open("Credentials")
        .Element("AccessKeyId", key.Id)
        .Element("SecretAccessKey", key.Secret)
        .Element("SessionToken", key.SessionToken)
        .Element("Expiration", IamCall.Date(key.ExpiresAt!.Value))
        .Close("Credentials");
}
