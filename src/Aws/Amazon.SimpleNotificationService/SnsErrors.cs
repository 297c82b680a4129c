using System.Net;
using Amazon.Runtime;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService;

/// <summary>The exception for each error that SNS's model names; all others are <see cref="AmazonSimpleNotificationServiceException"/>.</summary>
internal static class SnsErrors
{
    public static AmazonServiceException Create(string type, string message, ErrorType fault, string code, string requestId, HttpStatusCode status) => type switch
    {
        "AuthorizationError" or "AuthorizationErrorException" => new AuthorizationErrorException(message, fault, code, requestId, status),
        "BatchEntryIdsNotDistinct" or "BatchEntryIdsNotDistinctException" => new BatchEntryIdsNotDistinctException(message, fault, code, requestId, status),
        "BatchRequestTooLong" or "BatchRequestTooLongException" => new BatchRequestTooLongException(message, fault, code, requestId, status),
        "EmptyBatchRequest" or "EmptyBatchRequestException" => new EmptyBatchRequestException(message, fault, code, requestId, status),
        "EndpointDisabled" or "EndpointDisabledException" => new EndpointDisabledException(message, fault, code, requestId, status),
        "InternalError" or "InternalErrorException" => new InternalErrorException(message, fault, code, requestId, status),
        "InvalidBatchEntryId" or "InvalidBatchEntryIdException" => new InvalidBatchEntryIdException(message, fault, code, requestId, status),
        "InvalidParameter" or "InvalidParameterException" => new InvalidParameterException(message, fault, code, requestId, status),
        "ParameterValueInvalid" or "InvalidParameterValueException" => new InvalidParameterValueException(message, fault, code, requestId, status),
        "InvalidSecurity" or "InvalidSecurityException" => new InvalidSecurityException(message, fault, code, requestId, status),
        "KMSAccessDenied" or "KMSAccessDeniedException" => new KMSAccessDeniedException(message, fault, code, requestId, status),
        "KMSDisabled" or "KMSDisabledException" => new KMSDisabledException(message, fault, code, requestId, status),
        "KMSInvalidState" or "KMSInvalidStateException" => new KMSInvalidStateException(message, fault, code, requestId, status),
        "KMSNotFound" or "KMSNotFoundException" => new KMSNotFoundException(message, fault, code, requestId, status),
        "KMSOptInRequired" or "KMSOptInRequiredException" => new KMSOptInRequiredException(message, fault, code, requestId, status),
        "KMSThrottling" or "KMSThrottlingException" => new KMSThrottlingException(message, fault, code, requestId, status),
        "NotFound" or "NotFoundException" => new NotFoundException(message, fault, code, requestId, status),
        "PlatformApplicationDisabled" or "PlatformApplicationDisabledException" => new PlatformApplicationDisabledException(message, fault, code, requestId, status),
        "Throttled" or "ThrottledException" => new ThrottledException(message, fault, code, requestId, status),
        "TooManyEntriesInBatchRequest" or "TooManyEntriesInBatchRequestException" => new TooManyEntriesInBatchRequestException(message, fault, code, requestId, status),
        "Validation" or "ValidationException" => new ValidationException(message, fault, code, requestId, status),
        _ => new AmazonSimpleNotificationServiceException(message, fault, code, requestId, status),
    };
}
