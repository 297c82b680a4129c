using System.Collections.Concurrent;

namespace LocalCloud.Http;

/// <summary>One value for each action of each service, made at its first call. What clients name is bounded: too many or too long names share one value.</summary>
internal sealed class ByAction<T>(Func<T> create)
    where T : class
{
    private const string Rest = "other";

    private readonly ConcurrentDictionary<(string Service, string Action), T> _values = new();

    /// <summary>All values, by service and action.</summary>
    public IEnumerable<((string Service, string Action) Of, T Value)> All => _values
        .OrderBy(entry => entry.Key.Service, StringComparer.Ordinal).ThenBy(entry => entry.Key.Action, StringComparer.Ordinal)
        .Select(entry => (entry.Key, entry.Value));

    public T Get(string service, string? action)
    {
        if (_values.TryGetValue((service, action ?? Rest), out var known))
        {
            return known;
        }

        var name = action is { Length: > 0 and <= Limits.ActionName } && _values.Count < Limits.Actions ? action : Rest;
        return _values.GetOrAdd((service, name), static (_, create) => create(), create);
    }
}
