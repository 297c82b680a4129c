namespace Crash.Load;

/// <summary>A booking that a client wants, and what it was told. Written by its client, read by others when the client is done.</summary>
internal sealed class Wish(Guid id)
{
    public Guid Id => id;

    /// <summary>Somebody answered 202: from now on it must not get lost.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Its cancellation may have reached the system.</summary>
    public bool IsCancelTried { get; set; }

    public bool IsCancelAccepted { get; set; }
}
