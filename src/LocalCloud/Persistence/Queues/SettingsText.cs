using LocalCloud.Sqs;

namespace LocalCloud.Persistence.Queues;

/// <summary>The settings of a queue as the attributes that would set them: a new attribute needs nothing here.</summary>
internal static class SettingsText
{
    public static Dictionary<string, string> Of(QueueSettings settings)
    {
        Dictionary<string, string> text = [];
        foreach (var (name, attribute) in QueueAttribute.All)
        {
            if (attribute.Get(settings) is { } value)
            {
                text[name] = value;
            }
        }

        return text;
    }

    /// <summary>They were checked when they were set; each is taken for itself here.</summary>
    public static QueueSettings Read(bool isFifo, Dictionary<string, string> text)
    {
        var settings = new QueueSettings { IsFifo = isFifo };
        foreach (var (name, value) in text)
        {
            settings = QueueAttribute.All.GetValueOrDefault(name)?.Set(settings, value) ?? settings;
        }

        return settings;
    }
}
