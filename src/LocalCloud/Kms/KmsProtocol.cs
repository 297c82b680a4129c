using LocalCloud.Http;

namespace LocalCloud.Kms;

/// <summary>KMS over AWS JSON 1.1.</summary>
internal static class KmsProtocol
{
    public static IService Of(KmsKeys keys) => new JsonService(
        ServiceName.Kms,
        "TrentService.",
        Limits.RequestBytes,
        KmsOperations.All.ToDictionary(operation => operation.Key, operation => (Action<JsonCall>)(call => operation.Value(new KmsCall(keys, call)))));
}
