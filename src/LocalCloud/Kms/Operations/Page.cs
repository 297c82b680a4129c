using System.Text;

namespace LocalCloud.Kms.Operations;

/// <summary>One page of a sorted list; the marker is the last name of the page.</summary>
internal static class Page
{
    private const int Most = 1000;

    /// <param name="call">The request with its Limit and Marker.</param>
    /// <param name="member">The list's name in the answer.</param>
    /// <param name="usual">Items of a page when the request does not say.</param>
    /// <param name="items">All of them, sorted by name.</param>
    /// <param name="nameOf">What they are sorted by.</param>
    /// <param name="write">Writes one.</param>
    /// <exception cref="Http.ServiceException">The marker is none that came from here.</exception>
    public static void Write<T>(KmsCall call, string member, int usual, IEnumerable<T> items, Func<T, string> nameOf, Action<T> write)
    {
        var size = call.Input.Number("Limit", 1, Most) ?? usual;
        var after = call.Input.Text("Marker", 1, 1024) is { } marker ? Decode(marker) : null;
        var rest = items.Where(item => after is null || string.CompareOrdinal(nameOf(item), after) > 0).Take(size + 1).ToList();
        call.Output.WriteStartArray(member);
        foreach (var item in rest.Take(size))
        {
            write(item);
        }

        call.Output.WriteEndArray();
        call.Output.WriteBoolean("Truncated"u8, rest.Count > size);
        if (rest.Count > size)
        {
            call.Output.WriteString("NextMarker"u8, Convert.ToBase64String(Encoding.UTF8.GetBytes(nameOf(rest[size - 1]))));
        }
    }

    private static string Decode(string marker)
    {
        var bytes = new byte[marker.Length];
        return Convert.TryFromBase64String(marker, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new Http.ServiceException("InvalidMarkerException", "The marker is none that this service gave out.");
    }
}
