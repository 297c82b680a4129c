namespace LocalCloud.Kms.Operations;

/// <summary>TagResource, UntagResource and ListResourceTags.</summary>
internal static class Tagging
{
    public static void Tag(KmsCall call)
    {
        var tags = call.Input.Has("Tags") ? KeyTags.Read(call) : throw Http.JsonInput.Missing("Tags");
        call.Change("TagResource", key => KeyTags.Add(key, tags));
    }

    public static void Untag(KmsCall call)
    {
        var names = call.Input.Has("TagKeys") ? call.Input.Texts("TagKeys") : throw Http.JsonInput.Missing("TagKeys");
        call.Change("UntagResource", key => key with { Tags = key.Tags.RemoveRange(names) });
    }

    public static void List(KmsCall call) => Page.Write(call, "Tags", 50, call.Key("ListResourceTags").Tags, tag => tag.Key, tag =>
    {
        call.Output.WriteStartObject();
        call.Output.WriteString("TagKey"u8, tag.Key);
        call.Output.WriteString("TagValue"u8, tag.Value);
        call.Output.WriteEndObject();
    });
}
