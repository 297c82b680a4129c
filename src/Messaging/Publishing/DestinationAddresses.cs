namespace Messaging.Publishing;

/// <summary>
/// Where logical destinations are: <c>DESTINATION_BOOKING_EVENTS</c> is the ARN of a topic or the URL of a queue. Creating either is the stack's work.
/// </summary>
/// <param name="variable">Reads an environment variable.</param>
public sealed class DestinationAddresses(Func<string, string?> variable)
{
    /// <summary>The address of a destination.</summary>
    /// <param name="destination">Its logical name: <c>booking-events</c>.</param>
    /// <returns>A topic ARN or a queue URL.</returns>
    /// <exception cref="InvalidOperationException">The environment does not name it.</exception>
    public string this[string destination]
    {
        get
        {
            var name = $"DESTINATION_{destination.ToUpperInvariant().Replace('-', '_')}";
            return variable(name) is { Length: > 0 } address ? address : throw new InvalidOperationException(
                $"The destination '{destination}' has no address. Set {name} to the ARN of a topic or the URL of a queue.");
        }
    }
}
