namespace Amazon.SimpleEmailV2.Model;

/// <summary>What a mail says.</summary>
public class EmailContent
{
    /// <summary>A mail that SES puts together from its parts.</summary>
    public Message? Simple { get; set; }
}

/// <summary>A mail in parts.</summary>
public class Message
{
    /// <summary>As text, as HTML, or both. Required.</summary>
    public Body? Body { get; set; }

    /// <summary>The subject. Required.</summary>
    public Content? Subject { get; set; }
}

/// <summary>A mail's body: at least one of the two.</summary>
public class Body
{
    /// <summary>For programs that show HTML.</summary>
    public Content? Html { get; set; }

    /// <summary>For all others.</summary>
    public Content? Text { get; set; }
}

/// <summary>Text in a character set.</summary>
public class Content
{
    /// <summary>The character set; SES takes 7-bit ASCII when null, so say <c>UTF-8</c>.</summary>
    public string? Charset { get; set; }

    /// <summary>The text. Required.</summary>
    public string? Data { get; set; }
}

/// <summary>A mail's recipients: at most 50 in all.</summary>
public class Destination
{
    /// <summary>Recipients whom nobody sees.</summary>
    public List<string>? BccAddresses { get; set; }

    /// <summary>Recipients of a copy.</summary>
    public List<string>? CcAddresses { get; set; }

    /// <summary>Recipients.</summary>
    public List<string>? ToAddresses { get; set; }
}

/// <summary>A name and a value that the mail's events carry: at most 256 ASCII letters, digits, hyphens and underscores each.</summary>
public class MessageTag
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The value.</summary>
    public string? Value { get; set; }
}
