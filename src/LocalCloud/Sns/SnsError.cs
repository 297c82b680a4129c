using LocalCloud.Http;

namespace LocalCloud.Sns;

/// <summary>The errors of SNS.</summary>
internal static class SnsError
{
    public static ServiceException InvalidParameter(string message) => new("InvalidParameter", "Invalid parameter: " + message);

    public static ServiceException ValueInvalid(string message) => new("ParameterValueInvalid", message);

    public static ServiceException NotFound(string what) => new("NotFound", what + " does not exist", status: 404);

    public static ServiceException ResourceNotFound() => new("ResourceNotFound", "Resource does not exist", status: 404);

    public static ServiceException NotAuthorized(string reason) => new("AuthorizationError", "Not authorized: " + reason, status: 403);

    public static ServiceException InvalidState(string message) => new("InvalidState", message);

    public static ServiceException FilterLimit() => new(
        "FilterPolicyLimitExceeded", $"A topic has at most {Limits.FiltersPerTopic} filter policies, an account {Limits.Filters}.", status: 403);

    public static ServiceException TopicLimit() => new("TopicLimitExceeded", $"LocalCloud has {Limits.Topics} topics, the most it may. Delete some first.", status: 403);

    public static ServiceException SubscriptionLimit() =>
        new("SubscriptionLimitExceeded", $"LocalCloud has {Limits.Subscriptions} subscriptions, the most it may. Unsubscribe some first.", status: 403);

    public static ServiceException TagLimit() => new("TagLimitExceeded", $"A topic has at most {Limits.Tags} tags.");

    public static ServiceException EmptyBatch() => new("EmptyBatchRequest", "The batch request doesn't contain any entries.");

    public static ServiceException TooManyEntries() =>
        new("TooManyEntriesInBatchRequest", $"The batch request contains more entries than permissible: at most {Limits.BatchEntries}.");

    public static ServiceException IdsNotDistinct() => new("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");

    public static ServiceException InvalidEntryId() =>
        new("InvalidBatchEntryId", "The Id of a batch entry may only contain alphanumeric characters, hyphens and underscores, and at most 80 of them.");

    public static ServiceException BatchTooLong(int limit) => new("BatchRequestTooLong", $"The length of all the batch messages put together is more than the limit of {limit} bytes.");

    public static ServiceException UnsupportedAction(string action) => new("InvalidAction", $"The action {action} is for SMS or mobile push, which LocalCloud does not send.");

    public static ServiceException UnknownAction(string? action) => new("InvalidAction", $"The action {action} is not valid for this endpoint.");

    /// <summary>What the key of an encrypted topic stands in the way of: <c>NotFound</c>, <c>Disabled</c>, <c>InvalidState</c>, <c>AccessDenied</c>.</summary>
    public static ServiceException Kms(string what, string message) => new("KMS" + what, message);

    public static ServiceException Malformed() => new("MalformedQueryString", "The form is malformed: check its percent escapes.", status: 404);

}
