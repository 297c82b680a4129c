namespace Contracts;

/// <summary>
/// The logical names of topics and queues. The stack tells a function the address behind a name in the environment variable
/// <c>DESTINATION_{NAME}</c>, upper case with underscores: <c>DESTINATION_BOOKING_EVENTS</c>.
/// </summary>
public static class Destinations
{
    /// <summary>The FIFO queue in front of the Booking function.</summary>
    public const string BookingCommands = "booking-commands";

    /// <summary>The standard topic that e-mail and partners listen to.</summary>
    public const string BookingEvents = "booking-events";

    /// <summary>The FIFO topic that finance listens to, in order per booking.</summary>
    public const string BookingLedger = "booking-ledger";

    /// <summary>The standard queue in front of the Worker function: slow work, point to point.</summary>
    public const string Tasks = "tasks";

    /// <summary>The standard queue in front of the Availability function: what is asked.</summary>
    public const string Availability = "availability";

    /// <summary>The standard queue where BookingApi waits for what was asked. It keeps nothing for longer than a minute.</summary>
    public const string AvailabilityReplies = "availability-replies";
}
