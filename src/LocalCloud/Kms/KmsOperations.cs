using LocalCloud.Kms.Operations;

namespace LocalCloud.Kms;

/// <summary>All operations of KMS by name.</summary>
internal static class KmsOperations
{
    public static Dictionary<string, Action<KmsCall>> All { get; } = new()
    {
        ["CancelKeyDeletion"] = KeyDeletion.Cancel,
        ["CreateAlias"] = Aliases.Create,
        ["CreateKey"] = CreateKey.Run,
        ["Decrypt"] = Decrypt.Run,
        ["DeleteAlias"] = Aliases.Delete,
        ["DescribeKey"] = DescribeKey.Run,
        ["DisableKey"] = KeyStates.Disable,
        ["DisableKeyRotation"] = Rotation.Disable,
        ["EnableKey"] = KeyStates.Enable,
        ["EnableKeyRotation"] = Rotation.Enable,
        ["Encrypt"] = Encrypt.Run,
        ["GenerateDataKey"] = GenerateDataKey.Run,
        ["GenerateDataKeyWithoutPlaintext"] = GenerateDataKey.RunWithoutPlaintext,
        ["GenerateRandom"] = GenerateRandom.Run,
        ["GetKeyPolicy"] = KeyPolicies.Get,
        ["GetKeyRotationStatus"] = Rotation.Status,
        ["ListAliases"] = ListAliases.Run,
        ["ListKeyPolicies"] = KeyPolicies.List,
        ["ListKeys"] = ListKeys.Run,
        ["ListResourceTags"] = Tagging.List,
        ["PutKeyPolicy"] = KeyPolicies.Put,
        ["ReEncrypt"] = ReEncrypt.Run,
        ["ScheduleKeyDeletion"] = KeyDeletion.Schedule,
        ["TagResource"] = Tagging.Tag,
        ["UntagResource"] = Tagging.Untag,
        ["UpdateAlias"] = Aliases.Update,
        ["UpdateKeyDescription"] = KeyStates.Describe,
    };
}
