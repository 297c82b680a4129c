using System.Text.RegularExpressions;
using LocalCloud.Http;

namespace LocalCloud.Kms.Operations;

/// <summary>CreateAlias, UpdateAlias and DeleteAlias. Each asks for the alias and for the keys that gain or lose it.</summary>
internal static partial class Aliases
{
    public static void Create(KmsCall call)
    {
        var name = Name(call, "CreateAlias");
        var key = Target(call, "CreateAlias", name);
        call.Keys.ChangeAlias(name, alias => alias is null
            ? new KmsAlias(name, call.Keys.ArnOf(name), key.Id, call.Keys.Now, call.Keys.Now)
            : throw KmsError.AliasExists(alias.Arn));
    }

    public static void Update(KmsCall call)
    {
        var name = Name(call, "UpdateAlias");
        DemandKeyOf(call, "UpdateAlias", name);
        var key = Target(call, "UpdateAlias", name);
        call.Keys.ChangeAlias(name, alias => (alias ?? throw KmsError.AliasNotFound(call.Keys.ArnOf(name))) with { KeyId = key.Id, Updated = call.Keys.Now });
    }

    public static void Delete(KmsCall call)
    {
        var name = Name(call, "DeleteAlias");
        DemandKeyOf(call, "DeleteAlias", name);
        call.Keys.ChangeAlias(name, alias => alias is null ? throw KmsError.AliasNotFound(call.Keys.ArnOf(name)) : null);
    }

    private static string Name(KmsCall call, string action)
    {
        var name = call.Input.Required("AliasName", 1, 256);
        if (!Allowed().IsMatch(name))
        {
            throw JsonInput.Invalid("AliasName", name, "Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$");
        }

        if (!name.StartsWith(KmsAlias.Prefix, StringComparison.Ordinal) || name.Length == KmsAlias.Prefix.Length)
        {
            throw KmsError.Validation("Invalid identifier: an alias begins with alias/ and has a name after it.");
        }

        if (name.Contains(':', StringComparison.Ordinal))
        {
            throw KmsError.Validation($"{name} contains invalid characters for an alias");
        }

        call.Json.Call.Demand("kms:" + action, call.Keys.ArnOf(name));
        return name.StartsWith(KmsAlias.ReservedPrefix, StringComparison.Ordinal) ? throw KmsError.AliasOfAws() : name;
    }

    private static KmsKey Target(KmsCall call, string action, string name)
    {
        if (call.Input.Required("TargetKeyId", 1).Contains(KmsAlias.Prefix, StringComparison.Ordinal))
        {
            throw KmsError.Validation("Aliases must refer to keys. Not aliases");
        }

        var key = KmsCall.Usable(call.Key(action, "TargetKeyId"), alsoDisabled: true);
        return key.Service is not null ? throw KmsError.KeyOfAws(key.Arn)
            : call.Keys.Aliases.Count(alias => alias.KeyId == key.Id && alias.Name != name) >= Limits.AliasesOfKey
                ? throw KmsError.LimitExceeded($"{key.Arn} has {Limits.AliasesOfKey} aliases already.")
            : key;
    }

    private static void DemandKeyOf(KmsCall call, string action, string name) =>
        call.Allowed(action, call.Keys.Find(name) ?? throw KmsError.AliasNotFound(call.Keys.ArnOf(name)));

    [GeneratedRegex("^[a-zA-Z0-9:/_-]+$")]
    private static partial Regex Allowed();
}
