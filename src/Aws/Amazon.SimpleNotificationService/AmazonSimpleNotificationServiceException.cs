using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService;

/// <summary>SNS refused a request. What of it has a type of its own derives from this.</summary>
public class AmazonSimpleNotificationServiceException : AmazonServiceException
{
    /// <summary>An error that has only words.</summary>
    public AmazonSimpleNotificationServiceException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public AmazonSimpleNotificationServiceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error as SNS answered it.</summary>
    public AmazonSimpleNotificationServiceException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>An error as SNS answered it, with its cause.</summary>
    public AmazonSimpleNotificationServiceException(string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
