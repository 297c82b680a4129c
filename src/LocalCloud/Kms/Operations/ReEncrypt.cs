namespace LocalCloud.Kms.Operations;

internal static class ReEncrypt
{
    public static void Run(KmsCall call)
    {
        var (from, to) = (Encryption.Context(call, "SourceEncryptionContext"), Encryption.Context(call, "DestinationEncryptionContext"));
        Encryption.CheckAlgorithm(call, "SourceEncryptionAlgorithm");
        Encryption.CheckAlgorithm(call, "DestinationEncryptionAlgorithm");
        var (source, ciphertext) = Encryption.Source(call, "ReEncryptFrom", "SourceKeyId", "SourceEncryptionContext");
        var destination = Encryption.Key(call, "ReEncryptTo", "DestinationKeyId", "DestinationEncryptionContext");
        call.Output.WriteBase64String("CiphertextBlob"u8, Ciphertext.Seal(destination, ciphertext.Open(source, from), to));
        call.Output.WriteString("SourceKeyId"u8, source.Arn);
        call.Output.WriteString("KeyId"u8, destination.Arn);
        call.Output.WriteString("SourceEncryptionAlgorithm"u8, SymmetricKey.Spec);
        call.Output.WriteString("DestinationEncryptionAlgorithm"u8, SymmetricKey.Spec);
        call.Output.WriteString("SourceKeyMaterialId"u8, source.Materials[ciphertext.Version].Id);
        call.Output.WriteString("DestinationKeyMaterialId"u8, destination.Materials[^1].Id);
    }
}
