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
    public static Dictionary<string, string> Context(string service, string member, string arn, CloudOptions options) => new()
    {
        ["kms:ViaService"] = $"{service}.{options.Region}.amazonaws.com",
        ["kms:EncryptionContext:" + member] = arn,
        ["kms:EncryptionContextKeys"] = member,
    };
}
