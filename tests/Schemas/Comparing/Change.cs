namespace Schemas.Comparing;

/// <summary>One difference between a schema and the one before it.</summary>
/// <param name="Place">Where: <c>$.guest.name</c>, <c>$.nights[].price</c>.</param>
/// <param name="What">The rest of the sentence that begins with the place.</param>
/// <param name="Breaks">Whether some consumer of the one would fail on a message of the other: an old consumer on a new message, or a new one on an old message that is still on its way.</param>
internal sealed record Change(string Place, string What, bool Breaks)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Place} {What}";
}
