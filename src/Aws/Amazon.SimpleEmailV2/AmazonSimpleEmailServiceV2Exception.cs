using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleEmailV2;

/// <summary>SES refused a request. What of it has a type of its own derives from this.</summary>
public class AmazonSimpleEmailServiceV2Exception : AmazonServiceException
{
    /// <summary>An error that has only words.</summary>
    public AmazonSimpleEmailServiceV2Exception(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public AmazonSimpleEmailServiceV2Exception(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error as SES answered it.</summary>
    public AmazonSimpleEmailServiceV2Exception(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>An error as SES answered it, with its cause.</summary>
    public AmazonSimpleEmailServiceV2Exception(string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
