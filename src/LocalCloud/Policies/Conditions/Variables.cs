using System.Text;

namespace LocalCloud.Policies.Conditions;

/// <summary>Variables in the resources and conditions of a policy: <c>${aws:username}</c>, <c>${aws:username, 'nobody'}</c>, <c>${*}</c>.</summary>
internal static class Variables
{
    /// <summary>The pattern with values in the place of variables, or null when one of them has no value: then the statement does not match.</summary>
    public static string? Expand(string pattern, AccessRequest request, bool hasVariables)
    {
        if (!hasVariables || !pattern.Contains("${", StringComparison.Ordinal))
        {
            return pattern;
        }

        var text = new StringBuilder(pattern.Length);
        var at = 0;
        while (pattern.IndexOf("${", at, StringComparison.Ordinal) is var start and >= 0 && pattern.IndexOf('}', start) is var end and > 0)
        {
            if (Value(pattern[(start + 2)..end], request) is not { } value)
            {
                return null;
            }

            text.Append(pattern, at, start - at).Append(Wildcard.Literal(value));
            at = end + 1;
        }

        return text.Append(pattern, at, pattern.Length - at).ToString();
    }

    private static string? Value(string variable, AccessRequest request)
    {
        if (variable is "*" or "?" or "$")
        {
            return variable;
        }

        var comma = variable.IndexOf(',', StringComparison.Ordinal);
        return comma < 0 ? request[variable.Trim()] : request[variable[..comma].Trim()] ?? variable[(comma + 1)..].Trim().Trim('\'');
    }
}
