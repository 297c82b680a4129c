using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The caller may not publish to the topic.</summary>
public class AuthorizationErrorException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public AuthorizationErrorException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>Two entries of a batch have the same id.</summary>
public class BatchEntryIdsNotDistinctException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public BatchEntryIdsNotDistinctException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The messages of a batch are over the topic's limit together.</summary>
public class BatchRequestTooLongException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public BatchRequestTooLongException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>A batch without entries.</summary>
public class EmptyBatchRequestException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public EmptyBatchRequestException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The mobile endpoint is disabled.</summary>
public class EndpointDisabledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public EndpointDisabledException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The service failed; sending again can help.</summary>
public class InternalErrorException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InternalErrorException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>An entry's id has a character that is not allowed, or too many.</summary>
public class InvalidBatchEntryIdException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InvalidBatchEntryIdException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>A member of the request is missing or has a value that is not allowed.</summary>
public class InvalidParameterException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InvalidParameterException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>A member of the request has a value that is not allowed.</summary>
public class InvalidParameterValueException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InvalidParameterValueException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The request was not signed with SigV4, or not sent over HTTPS.</summary>
public class InvalidSecurityException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InvalidSecurityException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The caller may not use the topic's key.</summary>
public class KMSAccessDeniedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KMSAccessDeniedException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The topic's key is disabled.</summary>
public class KMSDisabledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KMSDisabledException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The topic's key is in a state that does not allow its use.</summary>
public class KMSInvalidStateException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KMSInvalidStateException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The topic's key does not exist.</summary>
public class KMSNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KMSNotFoundException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The account lacks a subscription for the key service.</summary>
public class KMSOptInRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KMSOptInRequiredException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The key service throttled the topic.</summary>
public class KMSThrottlingException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KMSThrottlingException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>There is no such topic.</summary>
public class NotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public NotFoundException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The mobile platform application is disabled.</summary>
public class PlatformApplicationDisabledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public PlatformApplicationDisabledException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>Too many requests: wait, then send again.</summary>
public class ThrottledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public ThrottledException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>A batch with more than 10 entries.</summary>
public class TooManyEntriesInBatchRequestException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public TooManyEntriesInBatchRequestException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>A member of the request breaks a rule.</summary>
public class ValidationException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public ValidationException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}
