using System.Xml.Linq;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Notifications;

/// <summary>Reads <c>NotificationConfiguration</c> with S3's checks, but for the destinations: whether they exist is for the sender to say.</summary>
internal static class NotificationTargets
{
    private const int Most = 100;

    /// <summary>Gives every configuration without an id one, in the document too, and checks all.</summary>
    /// <exception cref="Http.ServiceException">A configuration is malformed, overlaps another, or has a destination that LocalCloud lacks.</exception>
    public static IReadOnlyList<NotificationTarget> Read(XElement configuration)
    {
        var elements = configuration.Elements().ToList();
        if (elements.Find(element => element.Name.LocalName is not ("QueueConfiguration" or "TopicConfiguration")) is { } other)
        {
            throw other.Name.LocalName is "CloudFunctionConfiguration" or "EventBridgeConfiguration"
                ? S3Error.NotImplemented($"S3 notifications to {(other.Name.LocalName[0] == 'C' ? "Lambda: send them to a queue" : "EventBridge")}")
                : S3Error.MalformedXml();
        }

        if (elements.Count > Most)
        {
            throw S3Error.InvalidArgument($"Too many notification configurations: at most {Most}");
        }

        List<NotificationTarget> targets = [.. elements.Select(Target)];
        for (var i = 0; i < targets.Count; i++)
        {
            if (targets.Skip(i + 1).Any(targets[i].Overlaps))
            {
                throw S3Error.InvalidArgument("Configurations overlap. Configurations on the same bucket cannot share a common event type.");
            }
        }

        return targets;
    }

    private static NotificationTarget Target(XElement element)
    {
        if (element.Element("Id") is not { Value.Length: > 0 })
        {
            element.Element("Id")?.Remove();
            element.AddFirst(new XElement("Id", VersionIds.New()));
        }

        var arn = element.Element(element.Name.LocalName == "QueueConfiguration" ? "Queue" : "Topic")?.Value ?? throw S3Error.MalformedXml();
        List<string> events = [.. element.Elements("Event").Select(name => name.Value)];
        if (events.Count == 0)
        {
            throw S3Error.MalformedXml();
        }

        return events.Find(name => !EventNames.IsKnown(name)) is { } unknown
            ? throw S3Error.InvalidArgument($"The event '{unknown}' is not supported for notifications")
            : new(element.Element("Id")!.Value, arn, events, Filter(element, "prefix"), Filter(element, "suffix"));
    }

    private static string Filter(XElement element, string name)
    {
        var rules = element.Element("Filter")?.Element("S3Key")?.Elements("FilterRule").ToList() ?? [];
        if (rules.Exists(rule => rule.Element("Name")?.Value.ToLowerInvariant() is not ("prefix" or "suffix")))
        {
            throw S3Error.InvalidArgument("filter rule name must be either prefix or suffix");
        }

        var named = rules.FindAll(rule => rule.Element("Name")!.Value.Equals(name, StringComparison.OrdinalIgnoreCase));
        return named.Count <= 1
            ? named.FirstOrDefault()?.Element("Value")?.Value ?? ""
            : throw S3Error.InvalidArgument($"Cannot specify more than one {name} rule in a filter.");
    }
}
