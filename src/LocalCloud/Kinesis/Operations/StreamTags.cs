namespace LocalCloud.Kinesis.Operations;

/// <summary>The tags of a request, and their limits.</summary>
internal static class StreamTags
{
    /// <exception cref="Http.ServiceException">There are too many, or one is too long.</exception>
    public static IReadOnlyDictionary<string, string> Read(KinesisCall call)
    {
        var tags = call.Input.Map("Tags");
        return tags.Count > Limits.Tags ? throw KinesisError.InvalidArgument($"A stream has at most {Limits.Tags} tags.")
            : tags.Any(tag => tag.Key.Length is 0 or > 128 || tag.Value.Length > 256)
                ? throw KinesisError.InvalidArgument("A tag's key has 1 to 128 characters and its value at most 256.")
            : tags;
    }
}
