namespace LocalCloud.Kms.Operations;

/// <summary>The tags of a request, and their limits.</summary>
internal static class KeyTags
{
    /// <exception cref="Http.ServiceException">A key or a value is too long, or a key comes twice or belongs to AWS.</exception>
    public static IReadOnlyDictionary<string, string> Read(KmsCall call)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (var tag in call.Input.Structures("Tags"))
        {
            var key = tag.Required("TagKey", 1, 128);
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) || !tags.TryAdd(key, tag.Required("TagValue", 0, 256)))
            {
                throw KmsError.Tag($"The tag key '{key}' comes twice, or begins with aws:, which belongs to AWS.");
            }
        }

        return tags;
    }

    /// <exception cref="Http.ServiceException">The key would have too many.</exception>
    public static KmsKey Add(KmsKey key, IReadOnlyDictionary<string, string> tags)
    {
        var all = key.Tags.SetItems(tags);
        return all.Count <= Limits.Tags ? key with { Tags = all } : throw KmsError.LimitExceeded($"A key has at most {Limits.Tags} tags.");
    }
}
