namespace LocalCloud.Email;

/// <summary>The last 1,000 mails, fewer when they are very long, oldest first. Safe to read while mails arrive.</summary>
public sealed class Mailbox
{
    private readonly Lock _gate = new();
    private readonly Queue<Mail> _mails = new();
    private long _characters;

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
            _characters = 0;
        }
    }

    internal void Add(Mail mail)
    {
        lock (_gate)
        {
            _mails.Enqueue(mail);
            _characters += Characters(mail);
            while (_mails.Count > 1 && (_mails.Count > Limits.Mails || _characters > Limits.MailboxCharacters))
            {
                _characters -= Characters(_mails.Dequeue());
            }
        }
    }

    private static long Characters(Mail mail) => mail.Subject.Length + (mail.Text?.Length ?? 0L) + (mail.Html?.Length ?? 0L);
}
