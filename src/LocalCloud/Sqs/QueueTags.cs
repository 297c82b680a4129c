namespace LocalCloud.Sqs;

/// <summary>The limits on a queue's tags.</summary>
internal static class QueueTags
{
    /// <exception cref="Http.ServiceException">A key or value is too long, or there would be more than fifty tags.</exception>
    public static void Add(Dictionary<string, string> tags, IReadOnlyDictionary<string, string> added)
    {
        foreach (var (key, value) in added)
        {
            if (key.Length is 0 or > 128 || value.Length > 256)
            {
                throw SqsError.InvalidParameter("A tag's key has 1 to 128 characters and its value at most 256.");
            }
        }

        if (tags.Keys.Union(added.Keys).Count() > Limits.Tags)
        {
            throw SqsError.InvalidParameter($"Too many tags added for queue: at most {Limits.Tags}.");
        }

        foreach (var (key, value) in added)
        {
            tags[key] = value;
        }
    }
}
