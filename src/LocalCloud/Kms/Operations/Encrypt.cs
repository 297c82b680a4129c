namespace LocalCloud.Kms.Operations;

internal static class Encrypt
{
    public static void Run(KmsCall call)
    {
        var plaintext = call.Input.RequiredBlob("Plaintext", 1, Encryption.LargestPlaintext);
        var context = Encryption.Context(call);
        Encryption.CheckAlgorithm(call);
        var key = Encryption.Key(call, "Encrypt");
        call.Output.WriteBase64String("CiphertextBlob"u8, Ciphertext.Seal(key, plaintext, context));
        call.Output.WriteString("KeyId"u8, key.Arn);
        call.Output.WriteString("EncryptionAlgorithm"u8, SymmetricKey.Spec);
    }
}
