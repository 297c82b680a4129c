using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>SQS refused a request. What of it has a type of its own derives from this.</summary>
public class AmazonSQSException : AmazonServiceException
{
    /// <summary>An error that has only words.</summary>
    public AmazonSQSException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public AmazonSQSException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error as SQS answered it.</summary>
    public AmazonSQSException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>An error as SQS answered it, with its cause.</summary>
    public AmazonSQSException(string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
