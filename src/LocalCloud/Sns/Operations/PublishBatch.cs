using System.Text;
using LocalCloud.Faults;
using LocalCloud.Http;

namespace LocalCloud.Sns.Operations;

internal static class PublishBatch
{
    public static void Run(SnsCall call)
    {
        var topic = call.Topic("sns:Publish");
        TopicKey.Demand(call.Call, call.Sns.Keys, topic);
        var entries = Entries(call.Input);
        // What holds for all entries alike, and attributes, fail the whole request; the rest only the entry.
        var bytes = entries.Sum(entry => Encoding.UTF8.GetByteCount(entry["Message"] ?? "") + entry.MessageAttributes().Sum(attribute => (long)attribute.Size));
        entries.ForEach(entry => OutgoingNotification.CheckOrder(topic, entry["MessageGroupId"], entry["MessageDeduplicationId"]));
        if (bytes > topic.MaximumMessageSize)
        {
            throw SnsError.BatchTooLong(topic.MaximumMessageSize);
        }

        List<(string Id, ServiceException Error)> failed = [];
        call.Output.Open("Successful");
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            try
            {
                if (call.Call.Faults?.FailsEntry(i) == true)
                {
                    throw CallFaults.EntryError;
                }

                var notification = OutgoingNotification.Read(entry, topic, call.Sns.Time.GetUtcNow()) with { BaseUrl = call.BaseUrl };
                call.Call.Carry(OutgoingNotification.SizeOf(notification));
                var (id, number) = call.Sns.Publish(notification);
                call.Output.Open("member").Element("Id", entry["Id"]).Element("MessageId", $"{id}").Element("SequenceNumber", number is null ? null : $"{number}").Close("member");
            }
            catch (ServiceException refused)
            {
                failed.Add((entry["Id"]!, refused));
            }
        }

        call.Output.Close("Successful").Open("Failed");
        foreach (var (id, error) in failed)
        {
            call.Output.Open("member").Element("Id", id).Element("Code", error.Code).Element("Message", error.Message).Element("SenderFault", error.Status < 500 ? "true" : "false").Close("member");
        }

        call.Output.Close("Failed");
    }

    private static List<SnsInput> Entries(SnsInput input)
    {
        var entries = input.Members("PublishBatchRequestEntries").ToList();
        var ids = entries.Select(entry => entry["Id"] ?? "").ToList();
        return entries.Count == 0 ? throw SnsError.EmptyBatch()
            : entries.Count > Limits.BatchEntries ? throw SnsError.TooManyEntries()
            : ids.Distinct(StringComparer.Ordinal).Count() < ids.Count ? throw SnsError.IdsNotDistinct()
            : ids.Exists(id => id.Length is 0 or > 80 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) ? throw SnsError.InvalidEntryId()
            : entries;
    }
}
