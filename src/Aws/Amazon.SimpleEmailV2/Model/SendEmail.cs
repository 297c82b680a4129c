using Amazon.Runtime;

namespace Amazon.SimpleEmailV2.Model;

/// <summary>Sends one mail to up to 50 recipients.</summary>
public class SendEmailRequest : AmazonSimpleEmailServiceV2Request
{
    /// <summary>The configuration set that says which events are recorded where.</summary>
    public string? ConfigurationSetName { get; set; }

    /// <summary>Subject and body. Required.</summary>
    public EmailContent? Content { get; set; }

    /// <summary>The recipients. Required.</summary>
    public Destination? Destination { get; set; }

    /// <summary>Names and values that the mail's events carry; at most 50.</summary>
    public List<MessageTag>? EmailTags { get; set; }

    /// <summary>Where bounces and complaints are sent to.</summary>
    public string? FeedbackForwardingEmailAddress { get; set; }

    /// <summary>The sender: a verified identity. Required.</summary>
    public string? FromEmailAddress { get; set; }

    /// <summary>Who receives a reply, if not the sender.</summary>
    public List<string>? ReplyToAddresses { get; set; }
}

/// <summary>The answer to <see cref="SendEmailRequest"/>: SES has the mail, the recipient not yet.</summary>
public class SendEmailResponse : AmazonWebServiceResponse
{
    /// <summary>The id that SES gave the mail.</summary>
    public string MessageId { get; set; } = null!;
}
