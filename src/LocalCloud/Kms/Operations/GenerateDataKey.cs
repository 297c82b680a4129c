using System.Security.Cryptography;

namespace LocalCloud.Kms.Operations;

/// <summary>GenerateDataKey, and the same without plaintext.</summary>
internal static class GenerateDataKey
{
    public static void Run(KmsCall call) => Run(call, "GenerateDataKey", plaintext: true);

    public static void RunWithoutPlaintext(KmsCall call) => Run(call, "GenerateDataKeyWithoutPlaintext", plaintext: false);

    private static void Run(KmsCall call, string action, bool plaintext)
    {
        var bytes = (call.Input.OneOf("KeySpec", "AES_256", "AES_128"), call.Input.Number("NumberOfBytes", 1, GenerateRandom.Most)) switch
        {
            (null, { } number) => number,
            ({ } spec, null) => spec == "AES_256" ? 32 : 16,
            _ => throw KmsError.Validation("Please specify either number of bytes or key spec."),
        };
        var context = Encryption.Context(call);
        var key = Encryption.Key(call, action);
        var dataKey = RandomNumberGenerator.GetBytes(bytes);
        call.Output.WriteBase64String("CiphertextBlob"u8, Ciphertext.Seal(key, dataKey, context));
        if (plaintext)
        {
            call.Output.WriteBase64String("Plaintext"u8, dataKey);
        }

        call.Output.WriteString("KeyId"u8, key.Arn);
        call.Output.WriteString("KeyMaterialId"u8, key.Materials[^1].Id);
    }
}
