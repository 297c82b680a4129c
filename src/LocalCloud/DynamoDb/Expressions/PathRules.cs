namespace LocalCloud.DynamoDb.Expressions;

/// <summary>Paths of one expression must keep out of each other's way.</summary>
internal static class PathRules
{
    /// <exception cref="Http.ServiceException">Two paths overlap or conflict.</exception>
    public static void Check(IReadOnlyList<DocumentPath> paths, ExpressionReader reader)
    {
        for (var i = 1; i < paths.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var problem = paths[j].Overlaps(paths[i]) ? "overlap" : paths[j].Conflicts(paths[i]) ? "conflict" : null;
                if (problem is not null)
                {
                    throw reader.Invalid(
                        $"Two document paths {problem} with each other; must remove or rewrite one of these paths; path one: {paths[j]}, path two: {paths[i]}");
                }
            }
        }
    }
}
