namespace Amazon.SQS.Model;

/// <summary>A message attribute: metadata beside the body, counted into the message's size. At most 10 on a message.</summary>
public class MessageAttributeValue
{
    /// <summary>The value, for data type <c>Binary</c>.</summary>
    public MemoryStream? BinaryValue { get; set; }

    /// <summary><c>String</c>, <c>Number</c> or <c>Binary</c>, optionally with a custom suffix after a dot. Required.</summary>
    public string? DataType { get; set; }

    /// <summary>The value, for data types <c>String</c> and <c>Number</c>. SQS refuses an empty one.</summary>
    public string? StringValue { get; set; }
}
