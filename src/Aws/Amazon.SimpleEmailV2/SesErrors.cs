using System.Net;
using Amazon.Runtime;
using Amazon.SimpleEmailV2.Model;

namespace Amazon.SimpleEmailV2;

/// <summary>The exception for each error that SES's model names; all others are <see cref="AmazonSimpleEmailServiceV2Exception"/>.</summary>
internal static class SesErrors
{
    public static AmazonServiceException Create(string type, string message, ErrorType fault, string code, string requestId, HttpStatusCode status) => type switch
    {
        "AccountSuspendedException" => new AccountSuspendedException(message, fault, code, requestId, status),
        "BadRequestException" => new BadRequestException(message, fault, code, requestId, status),
        "LimitExceededException" => new LimitExceededException(message, fault, code, requestId, status),
        "MailFromDomainNotVerifiedException" => new MailFromDomainNotVerifiedException(message, fault, code, requestId, status),
        "MessageRejected" or "MessageRejectedException" => new MessageRejectedException(message, fault, code, requestId, status),
        "NotFoundException" => new NotFoundException(message, fault, code, requestId, status),
        "SendingPausedException" => new SendingPausedException(message, fault, code, requestId, status),
        "TooManyRequestsException" => new TooManyRequestsException(message, fault, code, requestId, status),
        _ => new AmazonSimpleEmailServiceV2Exception(message, fault, code, requestId, status),
    };
}
