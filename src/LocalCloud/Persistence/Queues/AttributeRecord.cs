using LocalCloud.Sqs;

namespace LocalCloud.Persistence.Queues;

/// <summary>Message attributes in a record.</summary>
internal static class AttributeRecord
{
    public static void Add(RecordWriter record, MessageAttribute[] attributes)
    {
        record.Add(attributes.Length);
        foreach (var attribute in attributes)
        {
            record.Add(attribute.Name).Add(attribute.DataType).Add(attribute.Text).Add(attribute.Binary is not null);
            if (attribute.Binary is not null)
            {
                record.Add(attribute.Binary.AsSpan());
            }
        }
    }

    public static MessageAttribute[] Read(ref RecordReader record)
    {
        List<MessageAttribute> attributes = [];
        for (var count = record.Int(); count > 0; count--)
        {
            attributes.Add(new(record.Text(), record.Text(), record.TextOrNull(), record.Bool() ? record.Bytes() : null));
        }

        return [.. attributes];
    }
}
