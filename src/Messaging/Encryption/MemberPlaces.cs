using System.Text.Json;

namespace Messaging.Encryption;

/// <summary>
/// Finds members in data by their paths. Names are compared without regard to case, for some readers do so too: a member that is written twice, or in capitals,
/// is found each time, and none slips through in the clear.
/// </summary>
internal sealed class MemberPlaces
{
    private readonly IReadOnlyList<string[]> _paths;
    private readonly bool[] _met;
    private readonly List<MemberPlace> _found = [];

    private MemberPlaces(IReadOnlyList<string[]> paths) => (_paths, _met) = (paths, new bool[paths.Count]);

    /// <summary>The members, in the order in which they stand. A path that leads nowhere is told, unless it ends at a null or an empty list.</summary>
    /// <exception cref="JsonException">The data is not JSON.</exception>
    public static (IReadOnlyList<MemberPlace> Found, string? Missing) Find(ReadOnlySpan<byte> data, EncryptedData what)
    {
        var places = new MemberPlaces(what.Paths);
        var json = new Utf8JsonReader(data);
        json.Read();
        places.Walk(ref json, [.. Enumerable.Range(0, what.Paths.Count)], 0, "");
        return (places._found, places._met.IndexOf(false) is var missing and >= 0 ? string.Join('.', what.Paths[missing]) : null);
    }

    /// <summary>The data with other values in these places.</summary>
    public static byte[] Replace(ReadOnlySpan<byte> data, IReadOnlyList<MemberPlace> places, IReadOnlyList<byte[]> values)
    {
        var result = new byte[data.Length + values.Sum(value => value.Length) - places.Sum(place => place.Length)];
        var (read, written) = (0, 0);
        for (var i = 0; i < places.Count; i++)
        {
            Copy(data[read..places[i].Start]);
            Copy(values[i]);
            read = places[i].Start + places[i].Length;
        }

        Copy(data[read..]);
        return result;

        void Copy(ReadOnlySpan<byte> part)
        {
            part.CopyTo(result.AsSpan(written));
            written += part.Length;
        }
    }

    // The reader stands at a value that these paths lead through.
    private void Walk(ref Utf8JsonReader json, int[] paths, int depth, string place)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                    WalkMember(ref json, paths, depth, place);
                break;
            case JsonTokenType.StartArray:
                var length = 0;
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    Walk(ref json, paths, depth, $"{place}[{length++}]");
                if (length == 0)
                    Meet(paths);
                break;
            case JsonTokenType.Null:
                Meet(paths);
                break;
        }
    }

    private void WalkMember(ref Utf8JsonReader json, int[] paths, int depth, string place)
    {
        var name = json.GetString();
        var through = Array.FindAll(paths, path => _paths[path][depth].Equals(name, StringComparison.OrdinalIgnoreCase));
        json.Read();
        if (through is not [var first, ..])
        {
            json.Skip();
            return;
        }

        var inside = place.Length == 0 ? _paths[first][depth] : $"{place}.{_paths[first][depth]}";
        if (depth + 1 < _paths[first].Length)
        {
            Walk(ref json, through, depth + 1, inside);
            return;
        }

        var start = (int)json.TokenStartIndex;
        json.Skip();
        _found.Add(new(start, (int)json.BytesConsumed - start, inside));
        Meet(through);
    }

    private void Meet(int[] paths)
    {
        foreach (var path in paths)
            _met[path] = true;
    }
}
