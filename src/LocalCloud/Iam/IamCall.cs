using LocalCloud.Http;
using LocalCloud.Policies;

namespace LocalCloud.Iam;

/// <summary>One request to IAM or STS: what an operation gets and where it writes its answer.</summary>
/// <param name="Iam">The account.</param>
/// <param name="Form">The request's parameters.</param>
/// <param name="Output">Inside the answer's result element.</param>
/// <param name="Call">Its way here: who calls.</param>
internal sealed record IamCall(IamAccount Iam, Form Form, XmlText Output, Call Call)
{
    private const string NameCharacters = "_+=,.@-";

    public string? this[string parameter] => Form[parameter];

    public string Required(string parameter) => Form[parameter] is { Length: > 0 } value ? value
        : throw IamError.Validation($"1 validation error detected: Value null at '{char.ToLowerInvariant(parameter[0])}{parameter[1..]}' failed to satisfy constraint: Member must not be null");

    /// <summary>A name in IAM's characters.</summary>
    public string Name(string parameter, int longest)
    {
        var name = Required(parameter);
        return name.Length <= longest && name.All(c => char.IsAsciiLetterOrDigit(c) || NameCharacters.Contains(c, StringComparison.Ordinal)) ? name
            : throw IamError.Validation(
                $"The specified value for {char.ToLowerInvariant(parameter[0])}{parameter[1..]} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-, and at most {longest} of them: '{Excerpt.Of(name)}'.");
    }

    /// <summary>A boundary that is taken and not enforced would let more through than AWS does.</summary>
    /// <exception cref="ServiceException">The request has one.</exception>
    public void RefuseBoundary()
    {
        if (Form["PermissionsBoundary"] is not null)
        {
            throw IamError.Validation("LocalCloud enforces no permissions boundaries: leave PermissionsBoundary out, or deny in a policy what it would not allow.");
        }
    }

    public string Path()
    {
        var path = Form["Path"] is { Length: > 0 } given ? given : "/";
        return path.Length <= 512 && path[0] == '/' && path[^1] == '/' && path.All(c => c is >= '!' and <= '~') ? path
            : throw IamError.Validation($"The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters: '{Excerpt.Of(path)}'.");
    }

    public int? Number(string parameter, int least, int most) => Form[parameter] is not { Length: > 0 } text ? null
        : int.TryParse(text, out var number) && number >= least && number <= most ? number
        : throw IamError.Validation($"{parameter} must be a number from {least} to {most}, not '{Excerpt.Of(text)}'.");

    /// <summary>A policy document, checked.</summary>
    public (string Json, Policy Policy) Policy(string parameter, PolicyKind kind)
    {
        var json = Required(parameter);
        try
        {
            return (json, PolicyReader.Read(json, kind));
        }
        catch (MalformedPolicyException malformed)
        {
            throw IamError.Malformed(malformed.Message);
        }
    }

    public static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
