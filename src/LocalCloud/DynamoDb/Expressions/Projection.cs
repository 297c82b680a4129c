using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>The parts of an item that are asked for.</summary>
internal sealed class Projection(IReadOnlyList<DocumentPath> paths)
{
    /// <summary>The attributes that it reads.</summary>
    public IEnumerable<string> Roots => paths.Select(path => path.Root);

    /// <exception cref="Http.ServiceException">The expression is wrong, or two of its paths overlap.</exception>
    public static Projection Parse(string text, Substitutions substitutions)
    {
        var reader = new ExpressionReader(text, "ProjectionExpression", substitutions);
        List<DocumentPath> paths = [reader.Path()];
        while (reader.TakeIf(","))
        {
            paths.Add(reader.Path());
        }

        reader.ExpectEnd();
        PathRules.Check(paths, reader);
        return new Projection(paths);
    }

    public MapValue Of(MapValue item) => Build(item, paths.Select(path => path.Steps.AsEnumerable()).ToList()) as MapValue ?? MapValue.Empty;

    // Lists keep the order of their items and close the gaps.
    private static Value? Build(Value? value, List<IEnumerable<PathStep>> rests)
    {
        if (value is null || rests.Any(rest => !rest.Any()))
        {
            return value;
        }

        var children = rests.GroupBy(rest => rest.First(), rest => rest.Skip(1));
        if (value is MapValue map)
        {
            var members = new Dictionary<string, Value>(StringComparer.Ordinal);
            foreach (var child in children)
            {
                if (child.Key.Name is { } name && Build(map[name], [.. child]) is { } found)
                {
                    members[name] = found;
                }
            }

            return members.Count > 0 ? new MapValue(members) : null;
        }

        if (value is ListValue list)
        {
            List<Value> items = [.. children.Where(child => child.Key.Name is null && child.Key.Index < list.Items.Count)
                .OrderBy(child => child.Key.Index).Select(child => Build(list.Items[child.Key.Index], [.. child])).OfType<Value>()];
            return items.Count > 0 ? new ListValue(items) : null;
        }

        return null;
    }
}
