using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Kms;

/// <summary>One KMS request: what an operation gets and where it writes its answer.</summary>
/// <param name="Keys">The keys of the account.</param>
/// <param name="Json">The request.</param>
internal sealed record KmsCall(KmsKeys Keys, JsonCall Json)
{
    private const int LongestKeyId = 2048;

    public JsonInput Input => Json.Input;

    public Utf8JsonWriter Output => Json.Output;

    /// <summary>The key that a member names by key id or key ARN, if the caller may do that to it.</summary>
    /// <exception cref="ServiceException">There is no such key, it is not named so, or the caller may not.</exception>
    public KmsKey Key(string action, string member = "KeyId")
    {
        var reference = Input.Required(member, 1, LongestKeyId);
        return reference.StartsWith(KmsAlias.Prefix, StringComparison.Ordinal) ? throw KmsError.InvalidKeyId(reference)
            : reference.Contains(":alias/", StringComparison.Ordinal) ? throw KmsError.InvalidArn($"{Excerpt.Of(reference)} is no key: this operation takes no alias.")
            : Allowed(action, Named(reference));
    }

    /// <summary>The key that a member names by id, ARN or alias.</summary>
    /// <param name="action">What is done with the key.</param>
    /// <param name="member">The member.</param>
    /// <param name="context">The member with the encryption context, of an operation that has one.</param>
    /// <exception cref="ServiceException">There is no such key, or the caller may not.</exception>
    public KmsKey KeyOrAlias(string action, string member = "KeyId", string? context = null)
    {
        var reference = Input.Required(member, 1, LongestKeyId);
        var keys = ConditionKeys(context);
        if (reference.IndexOf(KmsAlias.Prefix, StringComparison.Ordinal) is >= 0 and var start)
        {
            keys["kms:RequestAlias"] = reference[start..];
        }

        return Allowed(action, Named(reference), keys);
    }

    /// <exception cref="ServiceException">There is no such key.</exception>
    public KmsKey Named(string reference) => Keys.Find(reference) ?? throw (
        reference.StartsWith(KmsAlias.Prefix, StringComparison.Ordinal) ? KmsError.AliasNotFound(Keys.ArnOf(reference))
        : reference.StartsWith("arn:", StringComparison.Ordinal) && reference.Contains(":alias/", StringComparison.Ordinal) ? KmsError.AliasNotFound(reference)
        : reference.StartsWith("arn:", StringComparison.Ordinal) ? KmsError.KeyNotFound(reference)
        : Guid.TryParseExact(reference, "D", out _) ? KmsError.KeyNotFound(Keys.ArnOf($"key/{reference}"))
        : KmsError.InvalidKeyId(reference));

    /// <exception cref="ServiceException">The caller may not.</exception>
    public KmsKey Allowed(string action, KmsKey key, IReadOnlyDictionary<string, string>? keys = null)
    {
        Json.Call.Demand("kms:" + action, key.Arn, key.Policy, keys);
        return key;
    }

    /// <summary>The condition keys of the encryption context in that member.</summary>
    public Dictionary<string, string> ConditionKeys(string? context) => KeyUse.Context(context is null ? new Dictionary<string, string>() : Input.Map(context));

    /// <summary>Changes the customer's key that KeyId names; those of AWS's services stay as they are.</summary>
    /// <exception cref="ServiceException">As <see cref="Key"/>; or it is AWS's own, or about to be deleted.</exception>
    public KmsKey Change(string action, Func<KmsKey, KmsKey> change)
    {
        var key = Key(action);
        return key.Service is not null ? throw KmsError.KeyOfAws(key.Arn) : Keys.Change(key.Id, now => change(Usable(now, alsoDisabled: true)));
    }

    /// <exception cref="ServiceException">The key is disabled or about to be deleted.</exception>
    public static KmsKey Usable(KmsKey key, bool alsoDisabled = false) => key.State switch
    {
        KeyState.PendingDeletion => throw KmsError.PendingDeletion(key.Arn),
        KeyState.Disabled when !alsoDisabled => throw KmsError.Disabled(key.Arn),
        _ => key,
    };
}
