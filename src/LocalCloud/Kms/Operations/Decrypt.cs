namespace LocalCloud.Kms.Operations;

internal static class Decrypt
{
    public static void Run(KmsCall call)
    {
        var context = Encryption.Context(call);
        Encryption.CheckAlgorithm(call);
        var (key, ciphertext) = Encryption.Source(call, "Decrypt", "KeyId");
        call.Output.WriteBase64String("Plaintext"u8, ciphertext.Open(key, context));
        call.Output.WriteString("KeyId"u8, key.Arn);
        call.Output.WriteString("EncryptionAlgorithm"u8, SymmetricKey.Spec);
        call.Output.WriteString("KeyMaterialId"u8, key.Materials[ciphertext.Version].Id);
    }
}
