using System.Net;
using Amazon.Runtime;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>The exception for each error that SQS's model names; all others are <see cref="AmazonSQSException"/>.</summary>
internal static class SqsErrors
{
    public static AmazonServiceException Create(string type, string message, ErrorType fault, string code, string requestId, HttpStatusCode status) => type switch
    {
        "BatchEntryIdsNotDistinct" or "BatchEntryIdsNotDistinctException" => new BatchEntryIdsNotDistinctException(message, fault, code, requestId, status),
        "BatchRequestTooLong" or "BatchRequestTooLongException" => new BatchRequestTooLongException(message, fault, code, requestId, status),
        "EmptyBatchRequest" or "EmptyBatchRequestException" => new EmptyBatchRequestException(message, fault, code, requestId, status),
        "InvalidAddress" or "InvalidAddressException" => new InvalidAddressException(message, fault, code, requestId, status),
        "InvalidAttributeName" or "InvalidAttributeNameException" => new InvalidAttributeNameException(message, fault, code, requestId, status),
        "InvalidBatchEntryId" or "InvalidBatchEntryIdException" => new InvalidBatchEntryIdException(message, fault, code, requestId, status),
        "InvalidIdFormat" or "InvalidIdFormatException" => new InvalidIdFormatException(message, fault, code, requestId, status),
        "InvalidMessageContents" or "InvalidMessageContentsException" => new InvalidMessageContentsException(message, fault, code, requestId, status),
        "InvalidSecurity" or "InvalidSecurityException" => new InvalidSecurityException(message, fault, code, requestId, status),
        "KmsAccessDenied" or "KmsAccessDeniedException" => new KmsAccessDeniedException(message, fault, code, requestId, status),
        "KmsDisabled" or "KmsDisabledException" => new KmsDisabledException(message, fault, code, requestId, status),
        "KmsInvalidKeyUsage" or "KmsInvalidKeyUsageException" => new KmsInvalidKeyUsageException(message, fault, code, requestId, status),
        "KmsInvalidState" or "KmsInvalidStateException" => new KmsInvalidStateException(message, fault, code, requestId, status),
        "KmsNotFound" or "KmsNotFoundException" => new KmsNotFoundException(message, fault, code, requestId, status),
        "KmsOptInRequired" or "KmsOptInRequiredException" => new KmsOptInRequiredException(message, fault, code, requestId, status),
        "KmsThrottled" or "KmsThrottledException" => new KmsThrottledException(message, fault, code, requestId, status),
        "MessageNotInflight" or "MessageNotInflightException" => new MessageNotInflightException(message, fault, code, requestId, status),
        "OverLimit" or "OverLimitException" => new OverLimitException(message, fault, code, requestId, status),
        "QueueDoesNotExist" or "QueueDoesNotExistException" => new QueueDoesNotExistException(message, fault, code, requestId, status),
        "ReceiptHandleIsInvalid" or "ReceiptHandleIsInvalidException" => new ReceiptHandleIsInvalidException(message, fault, code, requestId, status),
        "RequestThrottled" or "RequestThrottledException" => new RequestThrottledException(message, fault, code, requestId, status),
        "TooManyEntriesInBatchRequest" or "TooManyEntriesInBatchRequestException" => new TooManyEntriesInBatchRequestException(message, fault, code, requestId, status),
        "UnsupportedOperation" or "UnsupportedOperationException" => new UnsupportedOperationException(message, fault, code, requestId, status),
        _ => new AmazonSQSException(message, fault, code, requestId, status),
    };
}
