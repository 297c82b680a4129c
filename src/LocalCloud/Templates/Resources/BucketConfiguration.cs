using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>Translates a bucket's properties from the words of CloudFormation to those of S3's XML.</summary>
internal static class BucketConfiguration
{
    private static readonly (string Property, string Document, Func<JsonNode, XElement> Read)[] Properties =
    [
        // Ownership and the access block before anything that they could forbid.
        ("OwnershipControls", "ownershipControls", node => new("OwnershipControls", All(node, "Rules").Select(rule => new XElement("Rule", Texts(rule, "ObjectOwnership"))))),
        ("PublicAccessBlockConfiguration", "publicAccessBlock", node => new(
            "PublicAccessBlockConfiguration", Texts(node, "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"))),
        ("BucketEncryption", "encryption", node => new("ServerSideEncryptionConfiguration", All(node, "ServerSideEncryptionConfiguration").Select(Encryption))),
        ("VersioningConfiguration", "versioning", node => new("VersioningConfiguration", Texts(node, "Status"))),
        ("LifecycleConfiguration", "lifecycle", node => new("LifecycleConfiguration", All(node, "Rules").Select(LifecycleRule))),
        ("CorsConfiguration", "cors", node => new("CORSConfiguration", All(node, "CorsRules").Select(CorsRule))),
        ("NotificationConfiguration", "notification", Notification),
        ("Tags", "tagging", node => new("Tagging", new XElement("TagSet", node.AsArray().Select(tag => new XElement("Tag", Texts(tag!, "Key", "Value")))))),
    ];

    public static bool Knows(string property) => Properties.Any(known => known.Property == property);

    /// <summary>The documents to set, each with the query parameter that it is set by.</summary>
    public static IEnumerable<(string Document, XElement Xml)> Of(ResourceContext context) => Properties
        .Where(known => context.Properties[known.Property] is not null and not JsonArray { Count: 0 })
        .Select(known => (known.Document, known.Read(context.Properties[known.Property]!)));

    private static XElement Encryption(JsonNode rule) => new(
        "Rule",
        rule["ServerSideEncryptionByDefault"] is { } byDefault ? new XElement("ApplyServerSideEncryptionByDefault", Texts(byDefault, "SSEAlgorithm", "KMSMasterKeyID")) : null,
        Texts(rule, "BucketKeyEnabled"));

    private static XElement LifecycleRule(JsonNode rule)
    {
        var terms = Texts(rule, "Prefix", "ObjectSizeGreaterThan", "ObjectSizeLessThan").Concat(All(rule, "TagFilters").Select(tag => new XElement("Tag", Texts(tag, "Key", "Value")))).ToList();
        List<XElement> expiration = [.. Renamed(rule, ("ExpirationInDays", "Days"), ("ExpirationDate", "Date")), .. Texts(rule, "ExpiredObjectDeleteMarker")];
        var noncurrent = rule["NoncurrentVersionExpiration"] is { } versions ? Texts(versions, "NoncurrentDays", "NewerNoncurrentVersions")
            : Renamed(rule, ("NoncurrentVersionExpirationInDays", "NoncurrentDays"));
        return new(
            "Rule",
            Renamed(rule, ("Id", "ID")),
            Texts(rule, "Status"),
            new XElement("Filter", terms.Count > 1 ? new XElement("And", terms) : terms),
            Wrapped("Expiration", expiration),
            Wrapped("NoncurrentVersionExpiration", noncurrent),
            rule["AbortIncompleteMultipartUpload"] is { } abort ? Wrapped("AbortIncompleteMultipartUpload", Texts(abort, "DaysAfterInitiation")) : null,
            All(rule, "Transitions").Concat(rule["Transition"] is { } single ? [single] : []).Select(transition =>
                new XElement("Transition", Renamed(transition, ("TransitionInDays", "Days"), ("TransitionDate", "Date")), Texts(transition, "StorageClass"))),
            // S3 here refuses it, and says so.
            rule["NoncurrentVersionTransitions"] is null && rule["NoncurrentVersionTransition"] is null ? null : new XElement("NoncurrentVersionTransition"));
    }

    private static XElement CorsRule(JsonNode rule) => new(
        "CORSRule",
        Renamed(rule, ("Id", "ID")),
        Each(rule, "AllowedHeaders", "AllowedHeader"),
        Each(rule, "AllowedMethods", "AllowedMethod"),
        Each(rule, "AllowedOrigins", "AllowedOrigin"),
        Each(rule, "ExposedHeaders", "ExposeHeader"),
        Renamed(rule, ("MaxAge", "MaxAgeSeconds")));

    private static XElement Notification(JsonNode node) => new(
        "NotificationConfiguration",
        Destinations(node, "QueueConfigurations", "QueueConfiguration", "Queue"),
        Destinations(node, "TopicConfigurations", "TopicConfiguration", "Topic"),
        Destinations(node, "LambdaConfigurations", "CloudFunctionConfiguration", "Function"),
        node["EventBridgeConfiguration"] is null ? null : new XElement("EventBridgeConfiguration"));

    // One event each; those of one destination may not share an id, so they have none.
    private static IEnumerable<XElement> Destinations(JsonNode node, string property, string element, string arn) => All(node, property).Select(destination => new XElement(
        element,
        Renamed(destination, (arn, arn == "Function" ? "CloudFunction" : arn), ("Event", "Event")),
        destination["Filter"]?["S3Key"] is { } filter
            ? new XElement("Filter", new XElement("S3Key", All(filter, "Rules").Select(rule => new XElement("FilterRule", Texts(rule, "Name", "Value")))))
            : null));

    private static XElement? Wrapped(string element, IEnumerable<XElement> content) => content.Any() ? new(element, content) : null;

    private static IEnumerable<JsonNode> All(JsonNode node, string property) => (node[property] as JsonArray ?? []).OfType<JsonNode>();

    private static IEnumerable<XElement> Each(JsonNode node, string property, string element) => All(node, property).Select(item => new XElement(element, Text.Of(item)));

    private static IEnumerable<XElement> Texts(JsonNode node, params string[] properties) => Renamed(node, [.. properties.Select(property => (property, property))]);

    private static IEnumerable<XElement> Renamed(JsonNode node, params (string Property, string Element)[] properties) =>
        properties.Where(name => node[name.Property] is not null).Select(name => new XElement(name.Element, Text.Of(node[name.Property]!)));
}
