namespace LocalCloud.Kms;

/// <summary>What SQS and SNS do with a key on behalf of their callers.</summary>
internal static class KeyUse
{
    public static readonly string[] Sending = ["kms:GenerateDataKey", "kms:Decrypt"];

    public static readonly string[] Receiving = ["kms:Decrypt"];

    /// <summary>The condition keys by which a key's policy recognizes such a use.</summary>
    /// <param name="service">Such as <c>sqs</c>.</param>
    /// <param name="member">The member of the encryption context, such as <c>aws:sqs:arn</c>.</param>
    /// <param name="arn">Its value: what is encrypted.</param>
    /// <param name="options">Region and account.</param>
    public static Dictionary<string, string> Context(string service, string member, string arn, CloudOptions options) =>
        new(Context(new Dictionary<string, string> { [member] = arn })) { ["kms:ViaService"] = $"{service}.{options.Region}.amazonaws.com" };

    /// <summary>The condition keys of an encryption context; its list of names only where it is one, as no condition key here has several values.</summary>
    public static Dictionary<string, string> Context(IReadOnlyDictionary<string, string> context)
    {
        var keys = context.ToDictionary(pair => "kms:EncryptionContext:" + pair.Key, pair => pair.Value);
        if (context.Count == 1)
        {
            keys["kms:EncryptionContextKeys"] = context.Keys.Single();
        }

        return keys;
    }
}
