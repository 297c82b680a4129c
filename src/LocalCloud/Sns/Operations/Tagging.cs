namespace LocalCloud.Sns.Operations;

/// <summary>TagResource, UntagResource and ListTagsForResource; only topics have tags.</summary>
internal static class Tagging
{
    public static void Add(SnsCall call) => call.Sns.AddTags(Topic(call, "sns:TagResource"), call.Input.Tags());

    public static void Remove(SnsCall call) => call.Sns.RemoveTags(Topic(call, "sns:UntagResource"), call.Input.Strings("TagKeys"));

    public static void List(SnsCall call)
    {
        call.Output.Open("Tags");
        foreach (var (key, value) in Topic(call, "sns:ListTagsForResource").Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            call.Output.Open("member").Element("Key", key).Element("Value", value).Close("member");
        }

        call.Output.Close("Tags");
    }

    private static Topic Topic(SnsCall call, string action)
    {
        var arn = call.Input.Required("ResourceArn");
        call.Demand(action, arn);
        return call.Sns.Find(arn) ?? throw SnsError.ResourceNotFound();
    }
}
