using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using LocalCloud.S3.Cors;
using LocalCloud.S3.Lifecycle;
using LocalCloud.S3.Notifications;

namespace LocalCloud.S3.Configuration;

/// <summary>How a bucket is set up: the documents as its owner gets them back, and what they mean to the store.</summary>
internal sealed record BucketSettings
{
    /// <summary>The name under which <see cref="NotificationsBy"/> is kept; it is no query parameter.</summary>
    public const string NotificationsByName = "notification by";

    /// <summary>As AWS has made new buckets since April 2023: private, without ACLs, encrypted.</summary>
    public static BucketSettings Initial { get; } = new BucketSettings()
        .With("ownershipControls", Document("OwnershipControls", new XElement("Rule", new XElement("ObjectOwnership", "BucketOwnerEnforced"))))
        .With("publicAccessBlock", Document("PublicAccessBlockConfiguration", [.. new[] { "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets" }
            .Select(name => new XElement(name, "true"))]))
        .With("encryption", BucketEncryption.Default);

    /// <summary>By the name of their query parameter: XML, but for the policy, which is JSON, and who set the notifications, which is an ARN.</summary>
    public ImmutableSortedDictionary<string, string> Documents { get; private init; } = ImmutableSortedDictionary<string, string>.Empty;

    public Versioning Versioning { get; private init; }

    public string? Policy => Documents.GetValueOrDefault("policy");

    public IReadOnlyList<LifecycleRule> Lifecycle { get; private init; } = [];

    public IReadOnlyList<NotificationTarget> Notifications { get; private init; } = [];

    /// <summary>The ARN of who chose the notifications' targets; null before anybody did.</summary>
    public string? NotificationsBy => Documents.GetValueOrDefault(NotificationsByName);

    public IReadOnlyList<CorsRule> Cors { get; private init; } = [];

    /// <summary>Of objects whose client asks for none.</summary>
    public BucketEncryption Encryption { get; private init; } = BucketEncryption.Read(null);

    /// <summary>These settings with one document put in its place, or removed.</summary>
    public BucketSettings With(string name, string? document)
    {
        var settings = this with { Documents = document is null ? Documents.Remove(name) : Documents.SetItem(name, document) };
        var xml = document is null || name is "policy" or NotificationsByName ? null : XmlInput.Read(Encoding.UTF8.GetBytes(document), BucketDocument.All[name].Root);
        return name switch
        {
            "versioning" => settings with { Versioning = xml?.Element("Status")?.Value == "Enabled" ? Versioning.Enabled : Versioning.Suspended },
            "lifecycle" => settings with { Lifecycle = xml is null ? [] : LifecycleRules.Read(xml) },
            "notification" => settings with { Notifications = xml is null ? [] : NotificationTargets.Read(xml) },
            "cors" => settings with { Cors = xml is null ? [] : CorsRules.Read(xml) },
            "encryption" => settings with { Encryption = BucketEncryption.Read(xml) },
            _ => settings,
        };
    }

    /// <summary>The settings that these documents make; they were checked when they were set.</summary>
    public static BucketSettings Of(IReadOnlyDictionary<string, string> documents) =>
        documents.Aggregate(new BucketSettings(), (settings, document) => settings.With(document.Key, document.Value));

    private static string Document(string root, params object[] content) => XmlInput.Text(new XElement(root, content));
}
