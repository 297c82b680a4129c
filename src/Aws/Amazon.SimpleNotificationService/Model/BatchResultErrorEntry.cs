namespace Amazon.SimpleNotificationService.Model;

/// <summary>One entry of a batch that SNS refused; the others are not affected.</summary>
public class BatchResultErrorEntry
{
    /// <summary>The error's code, as an exception would carry it.</summary>
    public string? Code { get; set; }

    /// <summary>The entry's id in the request.</summary>
    public string? Id { get; set; }

    /// <summary>Why, in words.</summary>
    public string? Message { get; set; }

    /// <summary>True when the request is at fault, so that sending it again cannot help.</summary>
    public bool? SenderFault { get; set; }
}
