using System.Text;
using System.Text.Json;

namespace LocalCloud.DynamoDb.Values;

/// <summary>A map, and so an item.</summary>
internal sealed class MapValue(IReadOnlyDictionary<string, Value> members) : Value
{
    private int? _size;

    public static MapValue Empty { get; } = new(new Dictionary<string, Value>());

    public IReadOnlyDictionary<string, Value> Members => members;

    public override string Type => "M";

    public override int Size => 3 + ContentSize + members.Count;

    /// <summary>The size as an item: names and values, without what a nested map costs.</summary>
    public int ContentSize => _size ??= members.Sum(member => Encoding.UTF8.GetByteCount(member.Key) + member.Value.Size);

    public Value? this[string name] => members.GetValueOrDefault(name);

    public MapValue With(string name, Value value) => new(new Dictionary<string, Value>(members, StringComparer.Ordinal) { [name] = value });

    public MapValue Without(string name)
    {
        var rest = new Dictionary<string, Value>(members, StringComparer.Ordinal);
        rest.Remove(name);
        return new MapValue(rest);
    }

    public MapValue Only(Func<string, bool> wanted) =>
        new(members.Where(member => wanted(member.Key)).ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal));

    public override void WriteContent(Utf8JsonWriter output)
    {
        output.WriteStartObject();
        foreach (var (name, value) in members)
        {
            output.WritePropertyName(name);
            value.Write(output);
        }

        output.WriteEndObject();
    }

    public override bool Equals(Value? other) => other is MapValue map && map.Members.Count == members.Count
        && members.All(member => map[member.Key] is { } value && value.Equals(member.Value));

    public override int GetHashCode() => members.Count;
}

internal sealed class ListValue(IReadOnlyList<Value> items) : Value
{
    public IReadOnlyList<Value> Items => items;

    public override string Type => "L";

    public override int Size => 3 + items.Sum(item => item.Size + 1);

    public override void WriteContent(Utf8JsonWriter output)
    {
        output.WriteStartArray();
        foreach (var item in items)
        {
            item.Write(output);
        }

        output.WriteEndArray();
    }

    public override bool Equals(Value? other) => other is ListValue list && list.Items.SequenceEqual(items);

    public override int GetHashCode() => items.Count;
}

/// <summary>A set of strings, numbers or binaries: no order, no duplicates, never empty.</summary>
internal sealed class SetValue(string type, IReadOnlyList<Value> members) : Value
{
    public IReadOnlyList<Value> Members => members;

    public override string Type => type;

    public override int Size => members.Sum(member => member.Size);

    public override void WriteContent(Utf8JsonWriter output)
    {
        output.WriteStartArray();
        foreach (var member in members)
        {
            member.WriteContent(output);
        }

        output.WriteEndArray();
    }

    public SetValue Union(SetValue other) => new(type, [.. members.Union(other.Members)]);

    /// <summary>Null when nothing is left: a set is never empty.</summary>
    public SetValue? Except(SetValue other) => members.Except(other.Members).ToList() is { Count: > 0 } rest ? new SetValue(type, rest) : null;

    public override bool Equals(Value? other) => other is SetValue set && set.Type == type && set.Members.Count == members.Count
        && set.Members.ToHashSet().SetEquals(members);

    public override int GetHashCode() => members.Count;
}
