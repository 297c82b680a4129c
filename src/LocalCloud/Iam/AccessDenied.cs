using LocalCloud.Http;
using LocalCloud.Policies;

namespace LocalCloud.Iam;

/// <summary>The refusal of a call that no policy allows, in the words of the service that is called.</summary>
internal static class AccessDenied
{
    private const string Type = "com.amazon.coral.service#AccessDeniedException";

    /// <summary>AWS's sentence, which names caller, action and resource; null when the request is allowed.</summary>
    public static string? Reason(AccessRequest request, string? resourcePolicy)
    {
        var service = request.Action[..request.Action.IndexOf(':', StringComparison.Ordinal)];
        var action = Spell(service, request.Action);
        // The policy of a key and the trust policy of a role decide; other resources may be silent about their own account.
        var decides = resourcePolicy is not null && service is ServiceName.Kms or ServiceName.Sts;
        var policy = service == ServiceName.Sts ? ParsedPolicies.OfRole(resourcePolicy) : ParsedPolicies.Of(resourcePolicy);
        return Access.Refusal(request, policy, decides, action) is { } why
            ? $"User: {request.Caller.Arn} is not authorized to perform: {action} on resource: {request.Resource} {why}"
            : null;
    }

    /// <summary>The error of the service that the action belongs to.</summary>
    public static ServiceException Of(string action, string reason) => action[..action.IndexOf(':', StringComparison.Ordinal)] switch
    {
        ServiceName.Sns => new ServiceException("AuthorizationError", reason, status: 403),
        ServiceName.Kms or ServiceName.DynamoDb or ServiceName.Kinesis => new ServiceException("AccessDeniedException", reason),
        ServiceName.Lambda or ServiceName.Ses => new ServiceException("AccessDeniedException", reason, status: 403),
        _ => new ServiceException("AccessDenied", reason, Type, 403),
    };

    // Services differ in how they write their own actions.
    private static string Spell(string service, string action) => service switch
    {
        ServiceName.Sqs => action.ToLowerInvariant(),
        ServiceName.Sns => "SNS" + action[service.Length..],
        _ => action,
    };
}
