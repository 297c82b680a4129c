using LocalCloud.Http;

namespace LocalCloud.Sqs;

/// <summary>The errors of SQS with their names in both protocols.</summary>
internal static class SqsError
{
    public const string InvalidCharacters =
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF";

    public static ServiceException QueueDoesNotExist() => Legacy("NonExistentQueue", "The specified queue does not exist.", "QueueDoesNotExist");

    public static ServiceException QueueNameExists(string attribute) =>
        new("QueueAlreadyExists", $"A queue already exists with the same name and a different value for attribute {attribute}", "com.amazonaws.sqs#QueueNameExists");

    public static ServiceException QueueDeletedRecently() =>
        Legacy("QueueDeletedRecently", "You must wait 60 seconds after deleting a queue before you can create another with the same name.");

    public static ServiceException PurgeInProgress(string name) =>
        Legacy("PurgeQueueInProgress", $"Only one PurgeQueue operation on {name} is allowed every 60 seconds.");

    public static ServiceException InvalidAttributeName(string message) => Sqs("InvalidAttributeName", message);

    public static ServiceException UnknownAttribute(string name) => InvalidAttributeName($"Unknown Attribute {name}.");

    public static ServiceException InvalidAttributeValue(string attribute, string? reason = null) =>
        Sqs("InvalidAttributeValue", $"Invalid value for the parameter {attribute}." + (reason is null ? "" : " Reason: " + reason));

    public static ServiceException InvalidParameter(string message) =>
        new("InvalidParameterValue", message, "com.amazon.coral.service#InvalidParameterValueException");

    public static ServiceException InvalidValue(string parameter, string value, string reason) =>
        InvalidParameter($"Value {value} for parameter {parameter} is invalid. Reason: {reason}");

    public static ServiceException Missing(string parameter) =>
        new("MissingParameter", $"The request must contain the parameter {parameter}.", "com.amazon.coral.service#MissingRequiredParameterException");

    public static ServiceException InvalidMessageContents() => Sqs("InvalidMessageContents", InvalidCharacters);

    public static ServiceException ReceiptHandleIsInvalid(string handle) =>
        Sqs("ReceiptHandleIsInvalid", $"The input receipt handle \"{Excerpt.Of(handle)}\" is not a valid receipt handle.");

    public static ServiceException MessageNotInflight(string handle) =>
        Legacy("MessageNotInflight", $"Value {handle} for parameter ReceiptHandle is invalid. Reason: Message is not in flight, so its visibility timeout cannot be changed.");

    public static ServiceException InvalidBatchEntryId(string id) => Legacy(
        "InvalidBatchEntryId", $"The Id of a batch entry may only contain alphanumeric characters, hyphens and underscores, and at most 80 of them: '{Excerpt.Of(id)}'.");

    public static ServiceException EmptyBatch() => Legacy("EmptyBatchRequest", "There should be at least one batch entry in the request.");

    public static ServiceException TooManyEntries(int count) =>
        Legacy("TooManyEntriesInBatchRequest", $"Maximum number of entries per request are {Limits.BatchEntries}. You have sent {count}.");

    public static ServiceException IdsNotDistinct(string id) => Legacy("BatchEntryIdsNotDistinct", $"Id {id} repeated.");

    public static ServiceException BatchTooLong(long bytes) => Legacy(
        "BatchRequestTooLong", $"Batch requests cannot be longer than {Limits.MessageBytes} bytes. You have sent {bytes} bytes.");

    public static ServiceException OverLimit(string message) => Sqs("OverLimit", message);

    public static ServiceException Throttled(string message) => Sqs("RequestThrottled", message);

    public static ServiceException ResourceNotFound(string message) => Sqs("ResourceNotFoundException", message);

    /// <summary>What the key of an encrypted queue stands in the way of: <c>NotFound</c>, <c>Disabled</c>, <c>InvalidState</c>, <c>AccessDenied</c>.</summary>
    public static ServiceException Kms(string what, string message) => new($"KMS.{what}Exception", message, $"com.amazonaws.sqs#Kms{what}");

    public static ServiceException InvalidAddress(string address) => Sqs("InvalidAddress", $"The address {address} is not valid for this endpoint.");

    public static ServiceException Unsupported(string message) => Legacy("UnsupportedOperation", message);

    public static ServiceException UnknownOperation(string? action) =>
        new("InvalidAction", $"The action {action} is not valid for this endpoint.", "com.amazon.coral.service#UnknownOperationException");

    public static ServiceException Malformed(string message) =>
        new("MalformedInput", message, "com.amazon.coral.service#SerializationException");

    private static ServiceException Sqs(string code, string message) => new(code, message, "com.amazonaws.sqs#" + code);

    private static ServiceException Legacy(string code, string message, string? type = null) =>
        new("AWS.SimpleQueueService." + code, message, "com.amazonaws.sqs#" + (type ?? code));
}
