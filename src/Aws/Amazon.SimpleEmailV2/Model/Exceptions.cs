using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleEmailV2.Model;

/// <summary>The account may never send again.</summary>
public class AccountSuspendedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleEmailServiceV2Exception(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public AccountSuspendedException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The request is invalid.</summary>
public class BadRequestException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleEmailServiceV2Exception(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public BadRequestException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>A quota of the account is reached.</summary>
public class LimitExceededException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleEmailServiceV2Exception(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public LimitExceededException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The MAIL FROM domain is not verified.</summary>
public class MailFromDomainNotVerifiedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleEmailServiceV2Exception(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public MailFromDomainNotVerifiedException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The mail itself was refused: its content, or a sandbox account's recipient.</summary>
public class MessageRejectedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleEmailServiceV2Exception(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public MessageRejectedException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>Something that the request names does not exist.</summary>
public class NotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleEmailServiceV2Exception(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public NotFoundException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>Sending is paused for the account or the configuration set.</summary>
public class SendingPausedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleEmailServiceV2Exception(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public SendingPausedException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>Too many requests: wait, then send again.</summary>
public class TooManyRequestsException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleEmailServiceV2Exception(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public TooManyRequestsException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}
