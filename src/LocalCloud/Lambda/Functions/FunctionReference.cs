using System.Text.RegularExpressions;

namespace LocalCloud.Lambda.Functions;

/// <summary>How a caller names a function: by name, account and name, or ARN; each with a version or an alias or without.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Qualifier">A version or an alias; null for <c>$LATEST</c>.</param>
internal sealed partial record FunctionReference(string Name, string? Qualifier)
{
    /// <summary>Characters of a name.</summary>
    public const int MaximumName = 64;

    /// <summary>As Lambda's model writes it.</summary>
    public const string Pattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

    /// <summary>Null for what is no name of a function.</summary>
    public static FunctionReference? TryParse(string text)
    {
        if (text.Length > 256 || Whole().Match(text) is not { Success: true } match)
            return null;
        var name = match.Groups["name"].Value;
        var qualifier = match.Groups["qualifier"] is { Success: true, Value: not "$LATEST" } group ? group.Value : null;
        return name.Length <= MaximumName ? new FunctionReference(name, qualifier) : null;
    }

    [GeneratedRegex(@"\A(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-\d:)?(\d{12}:)?(function:)?(?<name>[a-zA-Z0-9-_]+)(:(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
