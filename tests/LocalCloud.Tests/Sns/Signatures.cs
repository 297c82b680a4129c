using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sns;

/// <summary>Verifies a document of SNS as AWS's guide tells its consumers to.</summary>
internal static class Signatures
{
    private static readonly string[] OfNotification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] OfQuestion = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    public static async Task VerifyAsync(TestCloud cloud, string document)
    {
        var json = JsonNode.Parse(document)!;
        var names = (string)json["Type"]! == "Notification" ? OfNotification : OfQuestion;
        var text = string.Concat(names.Where(name => json[name] is not null).Select(name => $"{name}\n{(string)json[name]!}\n"));
        var pem = await cloud.Client.GetStringAsync(new Uri((string)json["SigningCertURL"]!), TestContext.Current.CancellationToken);
        using var certificate = X509Certificate2.CreateFromPem(pem);
        using var key = certificate.GetRSAPublicKey()!;
        var hash = (string)json["SignatureVersion"]! == "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromBase64String((string)json["Signature"]!), hash, RSASignaturePadding.Pkcs1), document);
    }
}
