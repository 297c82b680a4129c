using LocalCloud.Templates.Reading;

namespace LocalCloud.Templates.Resolving;

/// <summary>Resources of all stacks, each after those it refers to, otherwise as written. A resource whose condition is false is not among them.</summary>
internal static class CreationOrder
{
    public static IReadOnlyList<Resource> Of(IReadOnlyList<Stack> stacks, References references)
    {
        var byName = stacks.ToDictionary(stack => stack.Name);
        var dependencies = new Dependencies(byName, references);
        var order = new List<Resource>();
        var visited = new HashSet<ResourceId>();
        var path = new List<ResourceId>();
        foreach (var resource in stacks.SelectMany(stack => stack.Resources.Values))
            Visit(resource);
        return order;

        void Visit(Resource resource)
        {
            Bounds.Deeper($"Resource {resource.Id}");
            if (path.IndexOf(resource.Id) is var start and >= 0)
            {
                var circle = string.Join(" -> ", path[start..].Append(resource.Id).Select(id => id.LogicalId));
                throw new TemplateException(
                    $"Stack '{resource.Id.Stack}' has resources that need each other before they exist: {circle}. Remove one of these references.");
            }
            if (!Exists(resource) || !visited.Add(resource.Id))
                return;
            path.Add(resource.Id);
            foreach (var needed in dependencies.Of(resource))
                Visit(byName[needed.Stack].Resources[needed.LogicalId]);
            path.RemoveAt(path.Count - 1);
            order.Add(resource);
        }

        bool Exists(Resource resource) =>
            resource.Condition is not { } condition || references.In(resource.Id.Stack).Conditions.IsTrue(condition, $"Resource {resource.Id}");
    }
}
