using LocalCloud.Http;

namespace LocalCloud.Iam;

/// <summary>The errors of IAM and STS.</summary>
internal static class IamError
{
    public static ServiceException NoSuchEntity(string message) => new("NoSuchEntity", message, status: 404);

    public static ServiceException EntityAlreadyExists(string message) => new("EntityAlreadyExists", message, status: 409);

    public static ServiceException DeleteConflict(string message) => new("DeleteConflict", message, status: 409);

    public static ServiceException LimitExceeded(string message) => new("LimitExceeded", message, status: 409);

    public static ServiceException Malformed(string message) => new("MalformedPolicyDocument", message);

    public static ServiceException Validation(string message) => new("ValidationError", message);

    public static ServiceException AccessDenied(string message) => new("AccessDenied", message, status: 403);

    public static ServiceException UnknownAction(string? action, IEnumerable<string> known) =>
        new("InvalidAction", $"Could not find operation {Excerpt.Of(action ?? "(none)")}: LocalCloud has {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
}
