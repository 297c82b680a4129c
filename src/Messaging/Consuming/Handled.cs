using Messaging.Telemetry;

namespace Messaging.Consuming;

/// <summary>What came of handling a message, before it is carried out.</summary>
/// <param name="EventId">The envelope's id; null where it could not be read.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="ErrorType">The kind of exception that led to it, if one did, for telemetry.</param>
/// <param name="Processing">Waits for what the verdict comes to; null while nobody listens.</param>
internal readonly record struct Handled(string? EventId, Verdict Verdict, string? ErrorType, Processing? Processing);
