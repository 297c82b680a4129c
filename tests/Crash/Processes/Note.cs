using System.Text.Json.Serialization;
using Contracts;
using Messaging.Publishing;

namespace Crash.Processes;

/// <summary>
/// What the worker announces for each booking event: the next number of a shelf. Shelves are few, so that their orders are long.
/// </summary>
internal sealed record Note(int Shelf, long Number)
{
    public const string Type = "crash.noted.v1";
    public const int Shelves = 5;

    /// <summary>Nobody can read it: it is dead-lettered, and its group parked.</summary>
    public bool IsUnreadable => Number % 60 == 7;

    /// <summary>Beside it goes a message that no topic takes: the relay parks that one.</summary>
    public bool BringsUnsendable => Number % 12 == 5;

    public static int ShelfOf(Guid booking) => booking.ToByteArray()[15] % Shelves;

    public OutgoingMessage ToMessage(string id, DateTimeOffset now) =>
        OutgoingMessage.Create(new(id, "/crash", Type, now), this, NoteJson.Default.Note, $"shelf-{Shelf}", [Destinations.BookingLedger]);

    /// <summary>Empty, which the outbox does not mind and SNS does.</summary>
    public static OutgoingMessage Unsendable(string id) => new(id, Type, id, [Destinations.BookingLedger], "");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Note))]
internal sealed partial class NoteJson : JsonSerializerContext;
