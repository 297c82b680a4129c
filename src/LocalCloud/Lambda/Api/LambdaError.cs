using LocalCloud.Http;

namespace LocalCloud.Lambda.Api;

/// <summary>Lambda's errors in its own words.</summary>
internal static class LambdaError
{
    public static ServiceException NoFunction(string arn) => new("ResourceNotFoundException", $"Function not found: {arn}", status: 404);

    public static ServiceException NotFound(string message) => new("ResourceNotFoundException", message, status: 404);

    public static ServiceException Exists(string name) => Conflict($"Function already exist: {name}");

    public static ServiceException Conflict(string message) => new("ResourceConflictException", message, status: 409);

    public static ServiceException InvalidValue(string message) => new("InvalidParameterValueException", message);

    public static ServiceException InvalidContent(string message) => new("InvalidRequestContentException", message);

    public static ServiceException Throttled(string message) => new("TooManyRequestsException", message, status: 429);

    public static ServiceException TooLarge(string message) => new("RequestTooLargeException", message, status: 413);

    /// <summary>A value that the service's model does not allow.</summary>
    public static ServiceException Constraint(string member, string value, string constraint) => new(
        "ValidationException", $"1 validation error detected: Value '{Excerpt.Of(value)}' at '{char.ToLowerInvariant(member[0])}{member[1..]}' failed to satisfy constraint: {constraint}");

    public static ServiceException Missing(string member) => Constraint(member, "null", "Member must not be null");

    public static ServiceException WrongType(string member, string type) => new("SerializationException", $"{member} can not be converted to {type}");
}
