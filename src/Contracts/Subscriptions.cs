namespace Contracts;

/// <summary>Who hears what, a line each. The stack makes the queues and renders the filters.</summary>
public static class Subscriptions
{
    /// <summary>All of the below.</summary>
    public static IReadOnlyList<Subscription> All => field ??= [Email, Partner, Finance];

    /// <summary>The guest hears of everything that becomes of a booking.</summary>
    public static Subscription Email { get; } =
        new("email", Destinations.BookingEvents, Filter.Of(Messages.BookingConfirmed, Messages.BookingRejected, Messages.BookingCancelled));

    /// <summary>The partner hears of stays: what never became one is not its business.</summary>
    public static Subscription Partner { get; } =
        new("partner", Destinations.BookingEvents, Filter.Of(Messages.BookingConfirmed, Messages.BookingCancelled));

    /// <summary>Finance hears of what moves money.</summary>
    public static Subscription Finance { get; } =
        new("finance", Destinations.BookingLedger, Filter.Of(Messages.BookingConfirmed, Messages.BookingCancelled));
}
