namespace LocalCloud.Kms.Operations;

internal static class CreateKey
{
    public static void Run(KmsCall call)
    {
        call.Json.Call.Demand("kms:CreateKey", "*");
        foreach (var (member, only) in new[] { ("KeySpec", SymmetricKey.Spec), ("CustomerMasterKeySpec", SymmetricKey.Spec), ("KeyUsage", "ENCRYPT_DECRYPT"), ("Origin", "AWS_KMS") })
        {
            if (call.Input.Text(member) is { } value && value != only)
            {
                throw KmsError.Unsupported($"LocalCloud has no keys with the {member} '{Http.Excerpt.Of(value)}', only {only}.");
            }
        }

        if (call.Input.Flag("MultiRegion") || call.Input.Has("CustomKeyStoreId") || call.Input.Has("XksKeyId"))
        {
            throw KmsError.Unsupported("LocalCloud has no multi-Region keys and no custom key stores.");
        }

        var description = call.Input.Text("Description", most: KmsKey.LongestDescription) ?? "";
        var policy = call.Input.Text("Policy", 1) is { } given ? KeyPolicy.Check(given) : null;
        var tags = KeyTags.Read(call);
        KeyMetadata.Write(call, call.Keys.Create(policy, key => KeyTags.Add(key with { Description = description }, tags)));
    }
}
