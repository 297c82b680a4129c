using System.Xml;
using Amazon.SimpleNotificationService.Model;
using Aws.Http;

namespace Amazon.SimpleNotificationService;

/// <summary>SNS's operations in the query protocol.</summary>
internal static class SnsProtocol
{
    public static readonly ServiceProtocol Service = new(
        "SNS", "SNS", "/", "application/x-www-form-urlencoded; charset=utf-8", XmlBody.ReadError, SnsErrors.Create);

    public static readonly Operation<PublishRequest, PublishResponse> Publish = new(
        null,
        static (body, request) =>
        {
            var form = new FormWriter(body, "Publish", Version);
            form.Add("", "TopicArn", request.TopicArn);
            form.Add("", "TargetArn", request.TargetArn);
            form.Add("", "PhoneNumber", request.PhoneNumber);
            form.Add("", "Message", request.Message);
            form.Add("", "Subject", request.Subject);
            form.Add("", "MessageStructure", request.MessageStructure);
            form.Add("", "MessageDeduplicationId", request.MessageDeduplicationId);
            form.Add("", "MessageGroupId", request.MessageGroupId);
            Write(form, "", request.MessageAttributes);
        },
        static (bytes, length) => XmlBody.Read(bytes, length, new PublishResponse(), static (xml, response) =>
        {
            switch (xml.LocalName)
            {
                case "MessageId":
                    response.MessageId = xml.ReadElementContentAsString();
                    return true;
                case "SequenceNumber":
                    response.SequenceNumber = xml.ReadElementContentAsString();
                    return true;
                default:
                    return false;
            }
        }));

    public static readonly Operation<PublishBatchRequest, PublishBatchResponse> PublishBatch = new(
        null,
        static (body, request) =>
        {
            var form = new FormWriter(body, "PublishBatch", Version);
            form.Add("", "TopicArn", request.TopicArn);
            var index = 0;
            foreach (var entry in request.PublishBatchRequestEntries ?? [])
            {
                var prefix = FormWriter.Member("", "PublishBatchRequestEntries.member", ++index);
                form.Add(prefix, "Id", entry.Id);
                form.Add(prefix, "Message", entry.Message);
                form.Add(prefix, "Subject", entry.Subject);
                form.Add(prefix, "MessageStructure", entry.MessageStructure);
                form.Add(prefix, "MessageDeduplicationId", entry.MessageDeduplicationId);
                form.Add(prefix, "MessageGroupId", entry.MessageGroupId);
                Write(form, prefix, entry.MessageAttributes);
            }
        },
        static (bytes, length) => XmlBody.Read(bytes, length, new BatchResults(), ReadResult).Response);

    private const string Version = "2010-03-31";

    private static void Write(FormWriter form, string prefix, Dictionary<string, MessageAttributeValue>? attributes)
    {
        if (attributes is null)
            return;
        var index = 0;
        foreach (var (name, value) in attributes)
        {
            var entry = FormWriter.Member(prefix, "MessageAttributes.entry", ++index);
            form.Add(entry, "Name", name);
            form.Add(entry, "Value.DataType", value.DataType);
            form.Add(entry, "Value.StringValue", value.StringValue);
            form.Add(entry, "Value.BinaryValue", value.BinaryValue);
        }
    }

    private static bool ReadResult(XmlReader xml, BatchResults results)
    {
        switch (xml.LocalName)
        {
            case "Successful" or "Failed":
                results.InFailed = xml.LocalName == "Failed";
                return false;
            case "member" when results.InFailed:
                (results.Response.Failed ??= []).Add(results.Failed = new());
                return false;
            case "member":
                (results.Response.Successful ??= []).Add(results.Successful = new());
                return false;
            case "Id" when results.InFailed:
                results.Failed.Id = xml.ReadElementContentAsString();
                return true;
            case "Id":
                results.Successful.Id = xml.ReadElementContentAsString();
                return true;
            case "MessageId":
                results.Successful.MessageId = xml.ReadElementContentAsString();
                return true;
            case "SequenceNumber":
                results.Successful.SequenceNumber = xml.ReadElementContentAsString();
                return true;
            case "Code":
                results.Failed.Code = xml.ReadElementContentAsString();
                return true;
            case "Message":
                results.Failed.Message = xml.ReadElementContentAsString();
                return true;
            case "SenderFault":
                results.Failed.SenderFault = xml.ReadElementContentAsBoolean();
                return true;
            default:
                return false;
        }
    }

    private sealed class BatchResults
    {
        public PublishBatchResponse Response { get; } = new();

        public bool InFailed { get; set; }

        public BatchResultErrorEntry Failed { get; set; } = new();

        public PublishBatchResultEntry Successful { get; set; } = new();
    }
}
