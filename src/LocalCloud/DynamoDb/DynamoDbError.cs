using LocalCloud.DynamoDb.Values;
using LocalCloud.Http;

namespace LocalCloud.DynamoDb;

/// <summary>The errors of DynamoDB with the sentences of AWS.</summary>
internal static class DynamoDbError
{
    public static ServiceException Validation(string message) => new("ValidationException", message, "com.amazon.coral.validate#ValidationException");

    /// <summary>What AWS says of a value that breaks a rule of its own.</summary>
    public static ServiceException InvalidValue(string message) => Validation("One or more parameter values were invalid: " + message);

    /// <summary>What AWS says of a member outside the bounds of its model.</summary>
    public static ServiceException Constraint(string member, string value, string constraint) => Validation(
        $"1 validation error detected: Value '{Excerpt.Of(value)}' at '{Camel(member)}' failed to satisfy constraint: {constraint}");

    public static ServiceException Missing(string member) => Validation(
        $"1 validation error detected: Value null at '{Camel(member)}' failed to satisfy constraint: Member must not be null");

    public static ServiceException NotFound(string? detail = null) =>
        Of("ResourceNotFoundException", detail is null ? "Requested resource not found" : "Requested resource not found: " + detail);

    public static ServiceException InUse(string message) => Of("ResourceInUseException", message);

    public static ServiceException LimitExceeded(string message) => Of("LimitExceededException", message);

    public static ServiceException IdempotentMismatch() =>
        Of("IdempotentParameterMismatchException", "The request uses the same client token as a previous, but non-identical request.");

    public static ServiceException ExpiredIterator() =>
        Of("ExpiredIteratorException", "The shard iterator has expired: it lasts 15 minutes. Get a new one from GetShardIterator.");

    public static ServiceException Trimmed() => Of(
        "TrimmedDataAccessException", "The operation attempted to read past the oldest stream record in a shard: records stay for 24 hours.");

    public static ServiceException Malformed(string message) => new("SerializationException", message, "com.amazon.coral.service#SerializationException");

    public static ServiceException UnknownOperation(string? action) =>
        new("UnknownOperationException", $"DynamoDB has no operation '{Excerpt.Of(action ?? "")}' here.", "com.amazon.coral.service#UnknownOperationException");

    public static ConditionFailedException ConditionFailed(MapValue? item) => new(item);

    private static ServiceException Of(string code, string message) => new(code, message, "com.amazonaws.dynamodb.v20120810#" + code);

    private static string Camel(string member) => char.ToLowerInvariant(member[0]) + member[1..];
}
