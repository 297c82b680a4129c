namespace LocalCloud.Email;

/// <summary>The last 1,000 mails, oldest first. Safe to read while mails arrive.</summary>
public sealed class Mailbox
{
    private readonly Lock _gate = new();
    private readonly Queue<Mail> _mails = new();

    /// <summary>A snapshot of the mails, oldest first; the oldest are dropped beyond 1,000.</summary>
    public IReadOnlyList<Mail> Mails
    {
        get
        {
            lock (_gate)
            {
                return [.. _mails];
            }
        }
    }

    /// <summary>Forgets all mails.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _mails.Clear();
        }
    }

    internal void Add(Mail mail)
    {
        lock (_gate)
        {
            _mails.Enqueue(mail);
            if (_mails.Count > Limits.Mails)
            {
                _mails.Dequeue();
            }
        }
    }
}
