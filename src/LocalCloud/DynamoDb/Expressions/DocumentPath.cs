using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>A step into a map by name, or into a list by index.</summary>
internal readonly record struct PathStep(string? Name, int Index)
{
    public override string ToString() => Name ?? $"[{Index}]";
}

/// <summary>Where in an item a value is: <c>a.b[0].c</c>.</summary>
internal sealed record DocumentPath(IReadOnlyList<PathStep> Steps)
{
    public string Root => Steps[0].Name!;

    public Value? Find(MapValue item)
    {
        Value? value = item;
        foreach (var step in Steps)
        {
            value = Child(value, step);
        }

        return value;
    }

    /// <summary>The item with a value put in, or with what was there taken away when it is null.</summary>
    /// <exception cref="Http.ServiceException">What should hold the value does not exist.</exception>
    public MapValue Put(MapValue item, Value? value) => (MapValue)Put(item, 0, value);

    /// <summary>Whether one of them is the other or leads to it.</summary>
    public bool Overlaps(DocumentPath other) => Steps.Zip(other.Steps).All(pair => pair.First == pair.Second);

    /// <summary>Whether they differ in kind at a place where one takes a name and the other an index.</summary>
    public bool Conflicts(DocumentPath other)
    {
        foreach (var (mine, theirs) in Steps.Zip(other.Steps))
        {
            if (mine != theirs)
            {
                return mine.Name is null != theirs.Name is null;
            }
        }

        return false;
    }

    public override string ToString() => $"[{string.Join(", ", Steps)}]";

    private static Value? Child(Value? value, PathStep step) => (value, step.Name) switch
    {
        (MapValue map, { } name) => map[name],
        (ListValue list, null) when step.Index < list.Items.Count => list.Items[step.Index],
        _ => null,
    };

    private Value Put(Value holder, int depth, Value? value)
    {
        var step = Steps[depth];
        var next = value;
        if (depth < Steps.Count - 1)
        {
            next = Put(Child(holder, step) ?? throw NoPlace(), depth + 1, value);
        }

        return (holder, step.Name) switch
        {
            (MapValue map, { } name) => next is null ? map.Without(name) : map.With(name, next),
            (ListValue list, null) => new ListValue(Put(list.Items, step.Index, next)),
            _ => throw NoPlace(),
        };
    }

    // Past its end, a list grows by one, whatever the index.
    private static IReadOnlyList<Value> Put(IReadOnlyList<Value> items, int index, Value? value) =>
        index >= items.Count ? value is null ? items : [.. items, value]
        : value is null ? [.. items.Take(index), .. items.Skip(index + 1)]
        : [.. items.Take(index), value, .. items.Skip(index + 1)];

    private static Http.ServiceException NoPlace() => DynamoDbError.Validation("The document path provided in the update expression is invalid for update");
}
