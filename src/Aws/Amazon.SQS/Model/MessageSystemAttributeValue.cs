namespace Amazon.SQS.Model;

/// <summary>An attribute for AWS itself; the only one there is to send is <c>AWSTraceHeader</c>. Does not count into the message's size.</summary>
public class MessageSystemAttributeValue
{
    /// <summary>The value, for data type <c>Binary</c>.</summary>
    public MemoryStream? BinaryValue { get; set; }

    /// <summary><c>String</c>, <c>Number</c> or <c>Binary</c>. Required.</summary>
    public string? DataType { get; set; }

    /// <summary>The value, for data types <c>String</c> and <c>Number</c>.</summary>
    public string? StringValue { get; set; }
}
