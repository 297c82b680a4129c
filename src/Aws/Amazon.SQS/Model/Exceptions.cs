using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Two entries of a batch have the same id.</summary>
public class BatchEntryIdsNotDistinctException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public BatchEntryIdsNotDistinctException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The messages of a batch are over 1 MiB together.</summary>
public class BatchRequestTooLongException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public BatchRequestTooLongException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>A batch without entries.</summary>
public class EmptyBatchRequestException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public EmptyBatchRequestException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The queue URL is not one.</summary>
public class InvalidAddressException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InvalidAddressException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>No attribute has that name.</summary>
public class InvalidAttributeNameException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InvalidAttributeNameException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>An entry's id has a character that is not allowed, or too many.</summary>
public class InvalidBatchEntryIdException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InvalidBatchEntryIdException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The receipt handle is not one of this queue.</summary>
public class InvalidIdFormatException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InvalidIdFormatException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>A message has a character that XML 1.0 does not allow.</summary>
public class InvalidMessageContentsException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InvalidMessageContentsException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The request was not signed with SigV4, or not sent over HTTPS.</summary>
public class InvalidSecurityException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public InvalidSecurityException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The caller may not use the queue's key.</summary>
public class KmsAccessDeniedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KmsAccessDeniedException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The queue's key is disabled.</summary>
public class KmsDisabledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KmsDisabledException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The queue's key is not for encryption.</summary>
public class KmsInvalidKeyUsageException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KmsInvalidKeyUsageException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The queue's key is in a state that does not allow its use.</summary>
public class KmsInvalidStateException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KmsInvalidStateException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The queue's key does not exist.</summary>
public class KmsNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KmsNotFoundException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The account lacks a subscription for the key service.</summary>
public class KmsOptInRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KmsOptInRequiredException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The key service throttled the queue.</summary>
public class KmsThrottledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public KmsThrottledException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The message is not in flight: its visibility timeout has ended.</summary>
public class MessageNotInflightException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public MessageNotInflightException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>A limit is reached: 120,000 messages in flight on a standard queue.</summary>
public class OverLimitException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public OverLimitException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>There is no such queue, or the caller may not know.</summary>
public class QueueDoesNotExistException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public QueueDoesNotExistException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The receipt handle has expired, or never was one.</summary>
public class ReceiptHandleIsInvalidException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public ReceiptHandleIsInvalidException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>Too many requests: wait, then send again.</summary>
public class RequestThrottledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public RequestThrottledException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>A batch with more than 10 entries.</summary>
public class TooManyEntriesInBatchRequestException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public TooManyEntriesInBatchRequestException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}

/// <summary>The queue does not support that.</summary>
public class UnsupportedOperationException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, errorType, errorCode, requestId, statusCode)
{
    /// <summary>For a test that stands in for the service.</summary>
    public UnsupportedOperationException(string message)
        : this(message, ErrorType.Unknown, null!, null!, default)
    {
    }
}
