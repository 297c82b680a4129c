namespace LocalCloud.Kms.Operations;

/// <summary>Writes what CreateKey and DescribeKey say of a key.</summary>
internal static class KeyMetadata
{
    public static void Write(KmsCall call, KmsKey key)
    {
        var output = call.Output;
        output.WriteStartObject("KeyMetadata"u8);
        output.WriteString("AWSAccountId"u8, call.Keys.AccountId);
        output.WriteString("KeyId"u8, key.Id);
        output.WriteString("Arn"u8, key.Arn);
        call.Json.WriteTime("CreationDate", key.Created);
        output.WriteBoolean("Enabled"u8, key.State == KeyState.Enabled);
        output.WriteString("Description"u8, key.Description);
        output.WriteString("KeyUsage"u8, "ENCRYPT_DECRYPT"u8);
        output.WriteString("KeyState"u8, key.State.ToString());
        if (key.DeletionDate is { } deletion)
        {
            call.Json.WriteTime("DeletionDate", deletion);
        }

        output.WriteString("Origin"u8, "AWS_KMS"u8);
        output.WriteString("KeyManager"u8, key.Service is null ? "CUSTOMER"u8 : "AWS"u8);
        output.WriteString("CustomerMasterKeySpec"u8, SymmetricKey.Spec);
        output.WriteString("KeySpec"u8, SymmetricKey.Spec);
        output.WriteStartArray("EncryptionAlgorithms"u8);
        output.WriteStringValue(SymmetricKey.Spec);
        output.WriteEndArray();
        output.WriteBoolean("MultiRegion"u8, false);
        output.WriteString("CurrentKeyMaterialId"u8, key.Materials[^1].Id);
        output.WriteEndObject();
    }
}
