namespace Benchmarks.Scaling;

/// <summary>A campaign: bookings a second, from an ordinary day into a spike and back.</summary>
/// <param name="Usual">Bookings a second before and after.</param>
/// <param name="Peak">Bookings a second at its height.</param>
/// <param name="Begin">When it begins.</param>
/// <param name="Rise">How long it rises, and falls again.</param>
/// <param name="Height">How long it stays at its height.</param>
/// <param name="End">When the simulation ends.</param>
internal sealed record Campaign(double Usual, double Peak, TimeSpan Begin, TimeSpan Rise, TimeSpan Height, TimeSpan End)
{
    /// <summary>Bookings a second at a time.</summary>
    public double RateAt(TimeSpan time)
    {
        var since = time - Begin;
        var part = since < Rise ? since / Rise
            : since < Rise + Height ? 1
            : 1 - ((since - Rise - Height) / Rise);
        return Usual + ((Peak - Usual) * Math.Clamp(part, 0, 1));
    }
}
