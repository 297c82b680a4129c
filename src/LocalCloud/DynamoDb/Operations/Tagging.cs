using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

internal static class Tagging
{
    private const int LongestKey = 128;
    private const int LongestValue = 256;

    public static void Tag(DynamoDbCall call) => Add(Tagged(call, "TagResource"), Read(call.Input));

    public static void Untag(DynamoDbCall call)
    {
        var table = Tagged(call, "UntagResource");
        foreach (var key in call.Input.Texts("TagKeys"))
        {
            table.Tags.Remove(key);
        }
    }

    public static void List(DynamoDbCall call)
    {
        var table = Tagged(call, "ListTagsOfResource");
        call.Output.WriteStartArray("Tags"u8);
        foreach (var (key, value) in table.Tags)
        {
            call.Output.WriteStartObject();
            call.Output.WriteString("Key"u8, key);
            call.Output.WriteString("Value"u8, value);
            call.Output.WriteEndObject();
        }

        call.Output.WriteEndArray();
    }

    /// <exception cref="Http.ServiceException">A key or value is too long, or there are too many.</exception>
    public static IReadOnlyList<(string Key, string Value)> Read(DynamoDbInput input)
    {
        List<(string Key, string Value)> tags = [.. (input.Structures("Tags") ?? []).Select(tag => (tag.Required("Key"), tag.Required("Value")))];
        return tags.Exists(tag => tag.Key.Length is 0 or > LongestKey || tag.Value.Length > LongestValue)
                ? throw DynamoDbError.Validation($"A tag's key has 1 to {LongestKey} characters and its value at most {LongestValue}.")
            : tags.DistinctBy(tag => tag.Key).Count() > Limits.Tags ? throw TooMany()
            : tags;
    }

    public static void Add(Table table, IReadOnlyList<(string Key, string Value)> tags)
    {
        if (table.Tags.Keys.Union(tags.Select(tag => tag.Key)).Count() > Limits.Tags)
        {
            throw TooMany();
        }

        foreach (var (key, value) in tags)
        {
            table.Tags[key] = value;
        }
    }

    private static Table Tagged(DynamoDbCall call, string action)
    {
        var arn = call.Input.Required("ResourceArn");
        call.Demand(action, arn);
        return call.Database.Tables.FirstOrDefault(table => table.Arn == arn)
            ?? throw DynamoDbError.NotFound($"ResourceArn: {Http.Excerpt.Of(arn)} not found");
    }

    private static Http.ServiceException TooMany() => DynamoDbError.Validation($"Too many tags: a table has at most {Limits.Tags}");
}
