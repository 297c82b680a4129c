namespace Infra.Constructs;

/// <summary>How code learns where a logical destination is: by environment variable, never by a physical name.</summary>
internal static class Destination
{
    /// <summary><c>booking-events</c> becomes <c>DESTINATION_BOOKING_EVENTS</c>.</summary>
    internal static string Variable(string name) => $"DESTINATION_{name.Replace('-', '_').ToUpperInvariant()}";
}
