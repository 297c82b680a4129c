namespace Amazon.SimpleNotificationService.Model;

/// <summary>A message attribute, which filter policies can match. With raw delivery to SQS at most 10 on a message: with more, SNS discards it.</summary>
public class MessageAttributeValue
{
    /// <summary>The value, for data type <c>Binary</c>.</summary>
    public MemoryStream? BinaryValue { get; set; }

    /// <summary><c>String</c>, <c>String.Array</c>, <c>Number</c> or <c>Binary</c>. Required.</summary>
    public string? DataType { get; set; }

    /// <summary>The value, for the other data types. SNS refuses an empty one.</summary>
    public string? StringValue { get; set; }
}
