namespace LocalCloud.Templates.Reading;

/// <summary>A resource among all stacks of an app: logical ids are unique only within their stack.</summary>
internal readonly record struct ResourceId(string Stack, string LogicalId)
{
    public override string ToString() => $"'{LogicalId}' of stack '{Stack}'";
}
