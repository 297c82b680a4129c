namespace Benchmarks.Scaling;

/// <summary>The system at a moment.</summary>
/// <param name="Time">Since the simulation began.</param>
/// <param name="Waiting">Bookings that were accepted and are not decided: in the queue, or inside the database.</param>
/// <param name="Delay">How long the booking that is decided now has waited, in seconds.</param>
/// <param name="Decided">Bookings a second that are decided.</param>
/// <param name="Failed">Requests a second that end with an error for the guest.</param>
internal readonly record struct Moment(TimeSpan Time, double Waiting, double Delay, double Decided, double Failed);
