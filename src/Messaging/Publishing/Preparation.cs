namespace Messaging.Publishing;

/// <summary>What happens to messages before they are sent without an outbox.</summary>
internal static class Preparation
{
    /// <summary>Prepares each. One that cannot be sent ends its key; all others go on.</summary>
    public static async Task<(List<OutgoingMessage> Prepared, List<PublishFailure> Failures)> PrepareAsync(
        IReadOnlyList<OutgoingMessage> messages, PrepareMessage? prepare, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var prepared = new List<OutgoingMessage>(messages.Count);
        var failures = new List<PublishFailure>();
        var closed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            var failure = closed.Contains(message.Key) ? new(message.Id, "An earlier message of its key failed.", PublishFailureCause.EarlierMessage) : Scheduled(message, now);
            try
            {
                if (failure is null)
                {
                    var ready = prepare is null ? message : await prepare(message, cancellationToken).ConfigureAwait(false);
                    ready.RefuseUnlessEncrypted();
                    prepared.Add(ready);
                }
            }
#pragma warning disable CA1031 // It is told with what else did not get out.
            catch (Exception e)
#pragma warning restore CA1031
            {
                var cause = e is ArgumentException or PayloadException { IsFinal: true } ? PublishFailureCause.BadMessage : PublishFailureCause.Message;
                failure = new(message.Id, $"The message {message.Type} {message.Id} could not be prepared: {e.GetType().Name}: {e.Message}", cause);
            }

            if (failure is null)
                continue;
            closed.Add(message.Key);
            failures.AddRange(message.Destinations.Select(d => failure with { Destination = d }));
        }

        return (prepared, failures);
    }

    private static PublishFailure? Scheduled(OutgoingMessage message, DateTimeOffset now) => message.NotBefore > now
        ? new(message.Id, $"The message {message.Type} {message.Id} is not due before {message.NotBefore:O}. Only an outbox keeps messages until then.", PublishFailureCause.BadMessage)
        : null;
}
