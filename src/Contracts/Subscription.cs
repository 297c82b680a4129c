namespace Contracts;

/// <summary>A consumer's queue that hears a topic.</summary>
public sealed record Subscription
{
    /// <summary>Declares a subscription.</summary>
    /// <param name="consumer">The logical name of the consumer's queue.</param>
    /// <param name="topic">The logical name of the topic, from <see cref="Destinations"/>.</param>
    /// <param name="filter">What is delivered of all that the topic gets.</param>
    /// <exception cref="ArgumentException">The filter waits for messages that are not sent to the topic.</exception>
    public Subscription(string consumer, string topic, Filter filter)
    {
        (Consumer, Topic, Filter) = (consumer, topic, filter);
        if (filter.Accepted.FirstOrDefault(c => !c.Destinations.Contains(topic)) is { } elsewhere)
        {
            throw new ArgumentException(
                $"{consumer} waits on {topic} for {elsewhere.Type}, which is sent to {string.Join(" and ", elsewhere.Destinations)}. Add {topic} to its destinations, or subscribe to another topic.",
                nameof(filter));
        }
    }

    /// <summary>The logical name of the consumer's queue.</summary>
    public string Consumer { get; }

    /// <summary>The logical name of the topic.</summary>
    public string Topic { get; }

    /// <summary>What is delivered of all that the topic gets.</summary>
    public Filter Filter { get; }
}
