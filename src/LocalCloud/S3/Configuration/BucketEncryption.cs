using System.Xml.Linq;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Configuration;

/// <summary>How a bucket encrypts by default. Without a rule, S3 uses its own key.</summary>
internal sealed record BucketEncryption(string Algorithm, string? KeyId, bool BucketKey)
{
    private const string Root = "ServerSideEncryptionConfiguration";

    /// <summary>The document of a bucket that never got one.</summary>
    public static string Default { get; } = XmlInput.Text(new XElement(Root, new XElement(
        "Rule", new XElement("ApplyServerSideEncryptionByDefault", new XElement("SSEAlgorithm", "AES256")), new XElement("BucketKeyEnabled", "false"))));

    /// <exception cref="Http.ServiceException">There is not exactly one rule, or its algorithm is unknown.</exception>
    public static BucketEncryption Read(XElement? configuration)
    {
        if (configuration is null)
        {
            return new("AES256", null, false);
        }

        if (configuration.Elements("Rule").ToList() is not [var rule])
        {
            throw S3Error.MalformedXml();
        }

        var byDefault = rule.Element("ApplyServerSideEncryptionByDefault");
        var algorithm = byDefault is null ? "AES256" : byDefault.Element("SSEAlgorithm")?.Value;
        var key = byDefault?.Element("KMSMasterKeyID")?.Value;
        return algorithm is not ("AES256" or "aws:kms" or "aws:kms:dsse") ? throw S3Error.MalformedXml()
            : algorithm == "AES256" && key is not null
            ? throw S3Error.InvalidArgument("a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse")
            : new(algorithm, key, rule.Flag("BucketKeyEnabled"));
    }

    public ObjectEncryption For(S3Service s3) => ObjectEncryption.Of(s3, Algorithm, KeyId, BucketKey);
}
