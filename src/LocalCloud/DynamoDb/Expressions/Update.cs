using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>An update expression, read.</summary>
internal sealed class Update(
    IReadOnlyList<(DocumentPath Path, UpdateValue Value)> sets,
    IReadOnlyList<DocumentPath> removes,
    IReadOnlyList<(DocumentPath Path, Value Value)> adds,
    IReadOnlyList<(DocumentPath Path, SetValue Value)> deletes)
{
    public IEnumerable<DocumentPath> Paths => [.. sets.Select(set => set.Path), .. removes, .. adds.Select(add => add.Path), .. deletes.Select(delete => delete.Path)];

    /// <summary>The item after it. Every value is computed from the item before it.</summary>
    /// <exception cref="Http.ServiceException">The item does not suit the expression.</exception>
    public MapValue Of(MapValue before)
    {
        var changes = sets.Select(set => (set.Path, Value: (Value?)set.Value.Of(before)))
            .Concat(adds.Select(add => (add.Path, (Value?)Added(add.Path.Find(before), add.Value))))
            .Concat(deletes.Where(delete => delete.Path.Find(before) is not null).Select(delete => (delete.Path, (Value?)Deleted(delete.Path.Find(before)!, delete.Value))))
            .OrderBy(change => change.Path.Steps[^1].Index)
            .ToList();
        var after = before;
        foreach (var (path, value) in changes)
        {
            after = path.Put(after, value);
        }

        // From the end, so that an index means the same item throughout.
        foreach (var path in removes.OrderByDescending(path => path.Steps[^1].Index))
        {
            after = Removable(path, after) ? path.Put(after, null) : after;
        }

        return after;
    }

    // Removing nothing is no error, but its parent must be there.
    private static bool Removable(DocumentPath path, MapValue item) =>
        path.Steps.Count > 1 || item[path.Root] is not null;

    private static Value Added(Value? now, Value added) => (now, added) switch
    {
        (null, _) => added,
        (NumberValue left, NumberValue right) => new NumberValue(left.Number + right.Number),
        (SetValue left, SetValue right) when left.Type == right.Type => left.Union(right),
        _ => throw UpdateValue.WrongType(),
    };

    private static SetValue? Deleted(Value now, SetValue deleted) =>
        now is SetValue set && set.Type == deleted.Type ? set.Except(deleted) : throw UpdateValue.WrongType();
}
