using System.Security.Cryptography;

namespace LocalCloud.Kms.Operations;

internal static class GenerateRandom
{
    /// <summary>Bytes at a time.</summary>
    public const int Most = 1024;

    public static void Run(KmsCall call)
    {
        call.Json.Call.Demand("kms:GenerateRandom", "*");
        if (call.Input.Has("CustomKeyStoreId") || call.Input.Has("Recipient"))
        {
            throw KmsError.Unsupported("LocalCloud has no custom key stores and no Nitro enclaves.");
        }

        var bytes = call.Input.Number("NumberOfBytes", 1, Most) ?? throw KmsError.Validation("NumberOfBytes is required.");
        call.Output.WriteBase64String("Plaintext"u8, RandomNumberGenerator.GetBytes(bytes));
    }
}
