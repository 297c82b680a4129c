namespace LocalCloud.Kinesis.Operations;

/// <summary>AddTagsToStream, RemoveTagsFromStream and ListTagsForStream.</summary>
internal static class Tagging
{
    public static void Add(KinesisCall call)
    {
        var stream = call.Stream("AddTagsToStream");
        var tags = call.Input.Has("Tags") ? StreamTags.Read(call) : throw Http.JsonInput.Missing("Tags");
        stream.ChangeTags(old => old.SetItems(tags) is { } all && all.Count <= Limits.Tags ? all : throw KinesisError.InvalidArgument($"A stream has at most {Limits.Tags} tags."));
    }

    public static void Remove(KinesisCall call)
    {
        var stream = call.Stream("RemoveTagsFromStream");
        var keys = call.Input.Has("TagKeys") ? call.Input.Texts("TagKeys") : throw Http.JsonInput.Missing("TagKeys");
        stream.ChangeTags(old => old.RemoveRange(keys));
    }

    public static void List(KinesisCall call)
    {
        var stream = call.Stream("ListTagsForStream");
        var (size, after) = (call.Input.Number("Limit", 1, Limits.Tags) ?? Limits.Tags, call.Input.Text("ExclusiveStartTagKey", 1, 128));
        var rest = stream.Tags.Where(tag => after is null || string.CompareOrdinal(tag.Key, after) > 0).ToList();
        call.Output.WriteStartArray("Tags"u8);
        foreach (var (key, value) in rest.Take(size))
        {
            call.Output.WriteStartObject();
            call.Output.WriteString("Key"u8, key);
            call.Output.WriteString("Value"u8, value);
            call.Output.WriteEndObject();
        }

        call.Output.WriteEndArray();
        call.Output.WriteBoolean("HasMoreTags"u8, rest.Count > size);
    }
}
