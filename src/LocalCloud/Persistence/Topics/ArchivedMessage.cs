using LocalCloud.Sqs;

namespace LocalCloud.Persistence.Topics;

/// <summary>A message of a FIFO topic's archive.</summary>
internal sealed record ArchivedMessage(Guid Id, ulong SequenceNumber, DateTimeOffset At, string Message, MessageAttribute[] Attributes)
{
    public string? Subject { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    public string? BaseUrl { get; init; }

    public Dictionary<string, string>? Texts { get; init; }

    public static void Add(RecordWriter record, Sns.Notification notification)
    {
        record.Add(notification.Id).Add(notification.SequenceNumber!.Value).Add(notification.At.UtcTicks).Add(notification.Message);
        Queues.AttributeRecord.Add(record, notification.Attributes);
        record.Add(notification.Subject)
            .Add(notification.GroupId)
            .Add(notification.DeduplicationId)
            .Add(notification.BaseUrl)
            .Add(notification.Texts is not null);
        if (notification.Texts is not null)
        {
            record.Add(notification.Texts);
        }
    }

    public static ArchivedMessage Read(ref RecordReader record)
    {
        var (id, number, at, message) = (record.Guid(), record.ULong(), new DateTimeOffset(record.Long(), TimeSpan.Zero), record.Text());
        return new(id, number, at, message, Queues.AttributeRecord.Read(ref record))
        {
            Subject = record.TextOrNull(),
            GroupId = record.TextOrNull(),
            DeduplicationId = record.TextOrNull(),
            BaseUrl = record.TextOrNull(),
            Texts = record.Bool() ? record.Map() : null,
        };
    }

    public Sns.Notification Of(Sns.Topic topic) => new(topic, Message, Attributes, At)
    {
        Id = Id,
        SequenceNumber = SequenceNumber,
        Subject = Subject,
        GroupId = GroupId,
        DeduplicationId = DeduplicationId,
        BaseUrl = BaseUrl,
        Texts = Texts,
    };
}
