using System.Collections.Frozen;
using System.Xml.Linq;
using LocalCloud.Http;
using LocalCloud.S3.Lifecycle;
using LocalCloud.S3.Notifications;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Configuration;

/// <summary>A kind of XML document that a bucket can have.</summary>
/// <param name="Name">Its query parameter: <c>cors</c>.</param>
/// <param name="Root">Its root element.</param>
/// <param name="Permission">How permissions end: <c>GetBucketCORS</c>, <c>PutBucketCORS</c>.</param>
internal sealed record BucketDocument(string Name, string Root, string Permission)
{
    private static readonly string[] Ownerships = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];

    public static FrozenDictionary<string, BucketDocument> All { get; } = new BucketDocument[]
    {
        new("cors", "CORSConfiguration", "BucketCORS") { Missing = Error("NoSuchCORSConfiguration", "The CORS configuration does not exist") },
        new("encryption", "ServerSideEncryptionConfiguration", "EncryptionConfiguration")
        {
            Missing = Error("ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found"),
        },
        new("lifecycle", "LifecycleConfiguration", "LifecycleConfiguration") { Missing = Error("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"), Check = xml => LifecycleRules.Read(xml) },
        new("notification", "NotificationConfiguration", "BucketNotification") { Check = xml => NotificationTargets.Read(xml) },
        new("ownershipControls", "OwnershipControls", "BucketOwnershipControls")
        {
            Missing = Error("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
            Check = xml => Require(xml.Elements("Rule").ToList() is [var rule] && Ownerships.Contains(rule.Element("ObjectOwnership")?.Value)),
        },
        new("publicAccessBlock", "PublicAccessBlockConfiguration", "BucketPublicAccessBlock")
        {
            Missing = Error("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
            Check = xml => _ = xml.Flag("BlockPublicAcls") | xml.Flag("IgnorePublicAcls") | xml.Flag("BlockPublicPolicy") | xml.Flag("RestrictPublicBuckets"),
        },
        new("tagging", "Tagging", "BucketTagging")
        {
            Missing = Error("NoSuchTagSet", "The TagSet does not exist"),
            Check = xml => ObjectTags.Read(xml, Limits.Tags),
        },
        new("versioning", "VersioningConfiguration", "BucketVersioning") { Check = CheckVersioning },
    }.ToFrozenDictionary(document => document.Name, StringComparer.Ordinal);

    /// <summary>What a read says when there is none; null when it answers with an empty document.</summary>
    public Func<ServiceException>? Missing { get; private init; }

    /// <summary>Throws when the document is not valid, and adds the ids that the client left out.</summary>
    public Action<XElement> Check { get; private init; } = _ => { };

    private static Func<ServiceException> Error(string code, string message) => () => new(code, message, status: 404);

    private static void Require(bool valid)
    {
        if (!valid)
        {
            throw S3Error.MalformedXml();
        }
    }

    private static void CheckVersioning(XElement configuration)
    {
        Require(configuration.Element("Status")?.Value is "Enabled" or "Suspended");
        if (configuration.Element("MfaDelete")?.Value == "Enabled")
        {
            throw S3Error.NotImplemented("MFA delete");
        }
    }
}
