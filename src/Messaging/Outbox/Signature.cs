namespace Messaging.Outbox;

/// <summary>Who acts, and what the audit should say besides.</summary>
internal sealed record Signature
{
    private const string Relay = "relay";
    private const int LongestActor = 256;
    private const int LongestNote = 1_024;

    private Signature(string actor, string? note) => (Actor, Note) = (actor, note);

    public string Actor { get; }

    public string? Note { get; }

    /// <summary>A reason comes from a service: it is cut, where a person is asked to be brief.</summary>
    public static Signature OfRelay(string reason) => new(Relay, ColumnText.Of(reason, LongestNote));

    /// <exception cref="ArgumentException">Either is out of its range.</exception>
    public static Signature Of(string actor, string? note)
    {
        if (string.IsNullOrWhiteSpace(actor) || actor.Length > LongestActor || actor.Any(char.IsControl))
            throw new ArgumentException($"The actor has 1 to {LongestActor} characters, none of them a control character. Say who acts.", nameof(actor));
        if (actor == Relay)
            throw new ArgumentException($"The actor '{Relay}' is the relay itself. Say who acts.", nameof(actor));
        if (note?.Length > LongestNote)
            throw new ArgumentException($"The note has {note.Length} characters; {LongestNote} is the most.", nameof(note));
        return new(ColumnText.Of(actor, LongestActor), note is null ? null : ColumnText.Of(note, LongestNote));
    }
}
