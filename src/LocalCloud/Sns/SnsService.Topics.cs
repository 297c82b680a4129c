using System.Collections.Immutable;
using System.Globalization;

namespace LocalCloud.Sns;

/// <content>Topics: made, changed and deleted.</content>
internal sealed partial class SnsService
{
    /// <summary>The topic of that name; a second create with the same attributes gives the same topic.</summary>
    public Topic Create(string name, Dictionary<string, string> attributes, Dictionary<string, string> tags)
    {
        var fifo = attributes.Remove("FifoTopic", out var wanted) && wanted == "true";
        TopicName.Check(name, fifo);
        foreach (var (attribute, value) in attributes)
        {
            TopicAttribute.Check(attribute, value, fifo);
        }

        lock (_gate)
        {
            var arn = $"arn:aws:sns:{_options.Region}:{_options.AccountId}:{name}";
            if (_topics.TryGetValue(arn, out var existing))
            {
                return attributes.Any(given => existing.Attributes.GetValueOrDefault(given.Key) != given.Value)
                    ? throw SnsError.InvalidParameter("Attributes Reason: Topic already exists with different attributes")
                    : tags.Any(given => existing.Tags.GetValueOrDefault(given.Key) != given.Value)
                    ? throw SnsError.InvalidParameter("Tags Reason: Topic already exists with different tags")
                    : existing;
            }

            if (_topics.Count >= Limits.Topics)
            {
                throw SnsError.TopicLimit();
            }

            var topic = new Topic(name, arn, fifo) { Attributes = attributes.ToImmutableDictionary() };
            AddTags(topic, tags);
            topic.KeepArchive(Time.GetUtcNow());
            _topics[arn] = topic;
            Journal?.Defined(topic);
            return topic;
        }
    }

    /// <summary>Deletes the topic with its subscriptions; one that does not exist is no error.</summary>
    public void Delete(string arn)
    {
        CheckArn(arn);
        lock (_gate)
        {
            if (_topics.TryGetValue(arn, out var archived) && archived.Archive is not null)
            {
                throw SnsError.InvalidState($"Topic {archived.Name} has an active message archive policy. Deactivate it first: set ArchivePolicy to {{}}.");
            }

            if (_topics.TryRemove(arn, out var topic))
            {
                Journal?.Deleted(topic);
                foreach (var subscription in topic.Subscriptions)
                {
                    _subscriptions.TryRemove(subscription.Arn, out _);
                }
            }
        }
    }

    public void SetAttribute(Topic topic, string name, string value)
    {
        TopicAttribute.Check(name, value, topic.IsFifo);
        lock (_gate)
        {
            if (name == "MaximumMessageSize" && int.Parse(value, CultureInfo.InvariantCulture) > Limits.PublishBytes && topic.Subscriptions.Any(subscription => subscription.Protocol is not ("sqs" or "lambda")))
            {
                throw SnsError.InvalidParameter($"MaximumMessageSize Reason: more than {Limits.PublishBytes} can be delivered to sqs and lambda only, and the topic has other subscriptions");
            }

            // An archive is deactivated by an empty policy.
            topic.Attributes = value.Length == 0 || (name == ArchivePolicy.Attribute && ArchivePolicy.Days(value) is null)
                ? topic.Attributes.Remove(name)
                : topic.Attributes.SetItem(name, value);
            topic.KeepArchive(Time.GetUtcNow());
            Record(topic);
        }
    }

    /// <summary>Keeps the policy with the topic.</summary>
    public void SetDataProtection(Topic topic, string policy)
    {
        lock (_gate)
        {
            topic.DataProtectionPolicy = policy;
            Record(topic);
        }
    }

    public void AddTags(Topic topic, Dictionary<string, string> tags)
    {
        lock (_gate)
        {
            foreach (var (key, value) in tags)
            {
                if (key.Length is 0 or > 128 || value.Length > 256 || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                {
                    throw SnsError.InvalidParameter("Tags Reason: a key has 1 to 128 characters and does not begin with aws:, a value has at most 256");
                }
            }

            var all = topic.Tags.SetItems(tags);
            topic.Tags = all.Count <= Limits.Tags ? all : throw SnsError.TagLimit();
            Record(topic);
        }
    }

    public void RemoveTags(Topic topic, IEnumerable<string> keys)
    {
        lock (_gate)
        {
            topic.Tags = topic.Tags.RemoveRange(keys);
            Record(topic);
        }
    }
}
