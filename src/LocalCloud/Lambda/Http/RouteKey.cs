using System.Diagnostics.CodeAnalysis;

namespace LocalCloud.Lambda.Http;

/// <summary>A route of an HTTP API: <c>GET /bookings/{id}</c>, <c>ANY /files/{path+}</c> or <c>$default</c>.</summary>
internal sealed class RouteKey : IComparable<RouteKey>
{
    private readonly string _method;
    private readonly string[] _segments;

    public RouteKey(string text)
    {
        Text = text;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        IsDefault = text == "$default";
        if (!IsDefault && (space < 1 || space + 1 == text.Length || text[space + 1] != '/'))
            throw new FormatException($"'{text}' is no route key. Write a method and a path, as in 'GET /bookings/{{id}}', or '$default'.");
        (_method, _segments) = IsDefault ? ("ANY", []) : (text[..space], text[(space + 2)..].Split('/'));
    }

    public string Text { get; }

    public bool IsDefault { get; }

    /// <param name="method">In upper case.</param>
    /// <param name="path">Decoded.</param>
    /// <param name="parameters">Path parameters by name.</param>
    public bool Matches(string method, string path, [NotNullWhen(true)] out Dictionary<string, string>? parameters)
    {
        parameters = [];
        if (_method != "ANY" && _method != method)
            return false;
        if (IsDefault)
            return true;
        var actual = path.TrimStart('/').Split('/');
        for (var index = 0; index < _segments.Length; index++)
        {
            if (IsGreedy(_segments[index]))
            {
                parameters[_segments[index][1..^2]] = string.Join('/', actual.Skip(index));
                return actual.Length > index && actual[index].Length > 0;
            }
            if (index >= actual.Length)
                return false;
            if (!IsVariable(_segments[index]) && _segments[index] != actual[index])
                return false;
            if (IsVariable(_segments[index]) && actual[index].Length == 0)
                return false;
            if (IsVariable(_segments[index]))
                parameters[_segments[index][1..^1]] = actual[index];
        }
        return actual.Length == _segments.Length;
    }

    /// <summary>The more specific first: literal before variable before greedy before default, and a method before ANY.</summary>
    public int CompareTo(RouteKey? other)
    {
        if (other is null)
            return -1;
        if (IsDefault || other.IsDefault)
            return IsDefault.CompareTo(other.IsDefault);
        for (var index = 0; index < Math.Min(_segments.Length, other._segments.Length); index++)
        {
            if (Openness(_segments[index]).CompareTo(Openness(other._segments[index])) is var order and not 0)
                return order;
        }
        var longer = other._segments.Length.CompareTo(_segments.Length);
        return longer != 0 ? longer : (_method == "ANY").CompareTo(other._method == "ANY");
    }

    private static int Openness(string segment) => IsGreedy(segment) ? 2 : IsVariable(segment) ? 1 : 0;

    private static bool IsVariable(string segment) => segment.StartsWith('{') && segment.EndsWith('}');

    private static bool IsGreedy(string segment) => segment.StartsWith('{') && segment.EndsWith("+}", StringComparison.Ordinal);
}
