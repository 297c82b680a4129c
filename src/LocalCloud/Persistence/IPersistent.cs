namespace LocalCloud.Persistence;

/// <summary>
/// A service whose state outlives the process: the journal's door for services. It appends a record for every effect, with
/// <see cref="Journal.Append"/> and under the lock that orders the effect, and gets all of them back at the next start.
/// </summary>
/// <remarks>
/// Records say what is, not what to do: "message 7 is this", "message 7 is gone". A record about something unknown is
/// ignored, except one that brings it whole. That lets a compaction write the state in pieces while records go on being
/// appended between them. No answer leaves before its records are written: <see cref="Http.Call"/> sees to that.
/// </remarks>
internal interface IPersistent
{
    /// <summary>Who owns a record: its first byte. Never given to another service, for old journals have it.</summary>
    RecordOwner Owner { get; }

    /// <summary>Takes one record, in the order in which they were appended. Nothing may be appended yet.</summary>
    void Replay(ref RecordReader record);

    /// <summary>All records have been replayed, and the services before this one are restored. Append to the journal from the return on.</summary>
    void Restore(Journal journal);

    /// <summary>
    /// Appends records that bring the whole state. Each must be appended under the lock that orders changes of what it
    /// brings; many small holds of a lock, with <see cref="Journal.Write"/> in between, keep the service answering.
    /// </summary>
    void Snapshot();
}
