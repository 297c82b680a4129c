using System.Globalization;
using System.Xml.Linq;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Lifecycle;

/// <summary>Reads <c>LifecycleConfiguration</c> with S3's checks.</summary>
internal static class LifecycleRules
{
    private const int Most = 1_000;
    private const int LongestId = 255;

    /// <summary>Gives every rule without an id one, in the document too, and checks all.</summary>
    /// <exception cref="Http.ServiceException">A rule is malformed, does nothing, or has the id of another.</exception>
    public static IReadOnlyList<LifecycleRule> Read(XElement configuration)
    {
        var elements = configuration.Elements("Rule").ToList();
        if (elements.Count is 0 or > Most)
        {
            throw S3Error.MalformedXml();
        }

        foreach (var element in elements.Where(element => element.Element("ID") is not { Value.Length: > 0 }))
        {
            element.Element("ID")?.Remove();
            element.AddFirst(new XElement("ID", VersionIds.New()));
        }

        List<LifecycleRule> rules = [.. elements.Select(Rule)];
        return rules.DistinctBy(rule => rule.Id).Count() == rules.Count
            ? rules
            : throw S3Error.InvalidArgument("Rule ID must be unique. Found same ID for more than one rule");
    }

    private static LifecycleRule Rule(XElement element)
    {
        var rule = new LifecycleRule(element.Element("ID")!.Value, Enabled(element), LifecycleFilter.Read(element))
        {
            AbortUploadDays = Positive(element.Element("AbortIncompleteMultipartUpload"), "DaysAfterInitiation", "AbortIncompleteMultipartUpload", required: true),
            NoncurrentDays = Positive(element.Element("NoncurrentVersionExpiration"), "NoncurrentDays", "NoncurrentVersionExpiration", required: true),
            NewerNoncurrentVersions = element.Element("NoncurrentVersionExpiration")?.Number("NewerNoncurrentVersions") ?? 0,
            Transitions = [.. element.Elements("Transition").Select(Transition)],
            ExpirationDays = Positive(element.Element("Expiration"), "Days", "Expiration"),
            ExpirationDate = Date(element.Element("Expiration")),
            ExpiredObjectDeleteMarker = element.Element("Expiration")?.Flag("ExpiredObjectDeleteMarker") ?? false,
        };
        if (element.Element("NoncurrentVersionTransition") is not null)
        {
            throw S3Error.NotImplemented("lifecycle transitions of noncurrent versions");
        }

        return rule.Id.Length > LongestId ? throw S3Error.InvalidArgument($"ID length should not exceed allowed limit of {LongestId}")
            : rule.NewerNoncurrentVersions is < 0 or > 100 ? throw S3Error.InvalidArgument("'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be from 1 to 100")
            : element.Element("Expiration") is { } expiration && expiration.Elements().Count() != 1 ? throw S3Error.MalformedXml()
            : rule.AbortUploadDays is not null && rule.Filter.Tags.Count > 0 ? throw S3Error.InvalidRequest("AbortIncompleteMultipartUpload cannot be specified with Tags.")
            : rule.ExpiredObjectDeleteMarker && rule.Filter.Tags.Count > 0 ? throw S3Error.InvalidRequest("ExpiredObjectDeleteMarker cannot be specified with Tags.")
            : DoesNothing(element) ? throw S3Error.InvalidRequest("At least one action needs to be specified in a rule.")
            : rule;
    }

    private static bool DoesNothing(XElement rule) =>
        !rule.Elements().Any(element => element.Name.LocalName is "Expiration" or "Transition" or "NoncurrentVersionExpiration" or "AbortIncompleteMultipartUpload");

    private static bool Enabled(XElement rule) => rule.Element("Status")?.Value switch
    {
        "Enabled" => true,
        "Disabled" => false,
        _ => throw S3Error.MalformedXml(),
    };

    private static int? Positive(XElement? action, string name, string actionName, bool required = false) => action?.Number(name) switch
    {
        null => required && action is not null ? throw S3Error.MalformedXml() : null,
        <= 0 => throw S3Error.InvalidArgument($"'{name}' for {actionName} action must be a positive integer"),
        // No clock of this world gets there; a date that far cannot be computed.
        { } days => Math.Min(days, 365_000),
    };

    private static DateTimeOffset? Date(XElement? action)
    {
        if (action?.Element("Date") is not { } element)
        {
            return null;
        }

        return !DateTimeOffset.TryParse(element.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? throw S3Error.MalformedXml()
            : date.TimeOfDay == TimeSpan.Zero ? date : throw S3Error.InvalidArgument("'Date' must be at midnight GMT");
    }

    private static Transition Transition(XElement element)
    {
        var storageClass = element.Element("StorageClass")?.Value;
        if (storageClass is null || storageClass is StorageClass.Standard or "REDUCED_REDUNDANCY" || !StorageClass.IsKnown(storageClass))
        {
            throw S3Error.MalformedXml();
        }

        var days = element.Number("Days");
        var date = Date(element);
        return days < 0 ? throw S3Error.InvalidArgument("'Days' for Transition action must be nonnegative")
            : days is null == date is null ? throw S3Error.MalformedXml()
            : new(days is null ? null : Math.Min(days.Value, 365_000), date, storageClass);
    }
}
