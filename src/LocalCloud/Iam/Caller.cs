using System.Collections.Immutable;
using LocalCloud.Policies;

namespace LocalCloud.Iam;

/// <summary>Whose key signed a request.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Account">Its account.</param>
/// <param name="Arn">As GetCallerIdentity shows it; of a service its principal's name.</param>
/// <param name="UserId">Its unique id, of a session with the session's name after a colon.</param>
internal sealed record Caller(CallerKind Kind, string Account, string Arn, string UserId)
{
    /// <summary>Who called if nobody signed.</summary>
    public static Caller Anonymous { get; } = new(CallerKind.Anonymous, "anonymous", "anonymous", "anonymous");

    /// <summary>The user or role with its policies; null for the others.</summary>
    public Identity? Identity { get; init; }

    /// <summary>What a session was limited to when it began; null when it was not.</summary>
    public SessionPolicy? SessionPolicy { get; init; }

    /// <summary>The role of a session.</summary>
    public string? RoleArn => Kind == CallerKind.Role ? Identity?.Arn : null;

    /// <summary>The policies of the user or role, as they are now.</summary>
    public ImmutableArray<Policy> Policies => Identity?.Policies ?? [];

    public bool IsRoot => Kind == CallerKind.Root;

    /// <summary>The key <c>test</c>, which may do everything.</summary>
    public static Caller Root(string account) => new(CallerKind.Root, account, $"arn:aws:iam::{account}:root", account);

    /// <summary>A service that acts on its own, such as <c>sns.amazonaws.com</c>.</summary>
    public static Caller Service(string principal) => new(CallerKind.Service, "", principal, principal);

    /// <summary>The value of a condition key about the caller; null when it has none.</summary>
    public string? Key(string name) => name.ToLowerInvariant() switch
    {
        "aws:principalisawsservice" => Kind == CallerKind.Service ? "true" : "false",
        "aws:principalservicename" => Kind == CallerKind.Service ? Arn : null,
        _ when Kind == CallerKind.Service => null,
        "aws:principaltype" => Kind switch { CallerKind.Root => "Account", CallerKind.User => "User", CallerKind.Role => "AssumedRole", _ => "Anonymous" },
        _ when Kind == CallerKind.Anonymous => null,
        "aws:principalarn" => RoleArn ?? Arn,
        "aws:principalaccount" or "kms:calleraccount" => Account,
        "aws:userid" => UserId,
        "aws:username" => Kind == CallerKind.User ? Identity?.Name : null,
        _ => null,
    };
}
