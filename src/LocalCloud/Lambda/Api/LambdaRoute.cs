using System.Diagnostics.CodeAnalysis;

namespace LocalCloud.Lambda.Api;

/// <summary>Where an operation is: a method and a path whose segments in braces are values; the last one takes the rest.</summary>
internal sealed class LambdaRoute(string method, string path, string action, Func<LambdaCall, Task> run)
{
    private readonly string[] _segments = path.Trim('/').Split('/');

    public string Action => action;

    public Func<LambdaCall, Task> Run => run;

    /// <param name="asked">The request's method.</param>
    /// <param name="segments">The segments of the request's path, decoded.</param>
    /// <param name="values">By name.</param>
    public bool Matches(string asked, string[] segments, [NotNullWhen(true)] out Dictionary<string, string>? values)
    {
        values = null;
        if (asked != method || segments.Length < _segments.Length || (segments.Length > _segments.Length && _segments[^1] != "{Resource}"))
            return false;
        var found = new Dictionary<string, string>();
        for (var index = 0; index < _segments.Length; index++)
        {
            var segment = _segments[index];
            if (segment is ['{', .. var name, '}'])
                found[name] = segment == "{Resource}" ? string.Join('/', segments[index..]) : segments[index];
            else if (segment != segments[index])
                return false;
        }
        values = found;
        return true;
    }
}
