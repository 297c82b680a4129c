namespace Amazon.Lambda.SQSEvents;

/// <summary>The messages that an event-source mapping hands to a function. The serializer matches names without regard to case: <c>Records</c>, but <c>messageId</c>.</summary>
public class SQSEvent
{
    /// <summary>The messages; null only in an event that is not from SQS.</summary>
    public List<SQSMessage>? Records { get; set; }

    /// <summary>One message.</summary>
    public class SQSMessage
    {
        /// <summary>The id that SQS gave; what a batch response names.</summary>
        public string MessageId { get; set; } = null!;

        /// <summary>Names this receipt of the message.</summary>
        public string ReceiptHandle { get; set; } = null!;

        /// <summary>The message's text.</summary>
        public string Body { get; set; } = null!;

        /// <summary>MD5 of the body's UTF-8, in lower-case hexadecimal.</summary>
        public string? Md5OfBody { get; set; }

        /// <summary>MD5 of the message attributes; null when there are none.</summary>
        public string? Md5OfMessageAttributes { get; set; }

        /// <summary>The queue's ARN.</summary>
        public string? EventSourceArn { get; set; }

        /// <summary>Always <c>aws:sqs</c>.</summary>
        public string? EventSource { get; set; }

        /// <summary>The queue's region.</summary>
        public string? AwsRegion { get; set; }

        /// <summary>System attributes: <c>ApproximateReceiveCount</c>, <c>SentTimestamp</c>, <c>MessageGroupId</c>, …</summary>
        public Dictionary<string, string>? Attributes { get; set; }

        /// <summary>The sender's attributes.</summary>
        public Dictionary<string, MessageAttribute>? MessageAttributes { get; set; }
    }

    /// <summary>One of the sender's attributes.</summary>
    public class MessageAttribute
    {
        /// <summary>The value, for data types <c>String</c> and <c>Number</c>.</summary>
        public string? StringValue { get; set; }

        /// <summary>The value, for data type <c>Binary</c>.</summary>
        public MemoryStream? BinaryValue { get; set; }

        /// <summary>Not used by SQS.</summary>
        public List<string>? StringListValues { get; set; }

        /// <summary>Not used by SQS.</summary>
        public List<MemoryStream>? BinaryListValues { get; set; }

        /// <summary><c>String</c>, <c>Number</c> or <c>Binary</c>, optionally with a custom suffix after a dot.</summary>
        public string? DataType { get; set; }
    }
}
