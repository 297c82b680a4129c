using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Messaging.Consuming;

/// <summary>Where in the data something is wrong, by the names of the contract. A dictionary's key is the sender's text, of any length: the place ends before it.</summary>
internal static class DataPlace
{
    /// <param name="path">As the serializer tells it: <c>$.guests[1].name</c>, or <c>$.rooms['any key']</c>.</param>
    /// <param name="type">What the data should be.</param>
    public static string Of(string? path, JsonTypeInfo type)
    {
        var place = new StringBuilder("$");
        var rest = path.AsSpan(Math.Min(path?.Length ?? 0, 1));
        while (!rest.IsEmpty)
        {
            var length = rest[1..].IndexOfAny('.', '[') is var next and >= 0 ? next + 1 : rest.Length;
            if (Inside(type, rest[..length]) is not { } inside)
                break;
            place.Append(rest[..length]);
            type = inside;
            rest = rest[length..];
        }

        return place.ToString();
    }

    // Null where the step does not stand in the contract.
    private static JsonTypeInfo? Inside(JsonTypeInfo type, ReadOnlySpan<char> step)
    {
        Type? inside = null;
        if (type.Kind == JsonTypeInfoKind.Enumerable && step[0] == '[')
            inside = type.ElementType;
        if (type.Kind == JsonTypeInfoKind.Object && step[0] == '.')
        {
            foreach (var property in type.Properties)
            {
                if (step[1..].Equals(property.Name, StringComparison.OrdinalIgnoreCase))
                    inside = property.PropertyType;
            }
        }

        return inside is not null && type.Options.TryGetTypeInfo(inside, out var info) ? info : null;
    }
}
