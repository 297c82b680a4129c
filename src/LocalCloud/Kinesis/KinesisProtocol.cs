using LocalCloud.Http;

namespace LocalCloud.Kinesis;

/// <summary>Kinesis data streams over AWS JSON 1.1. Shards are neither split nor merged.</summary>
internal static class KinesisProtocol
{
    /// <summary>10 MiB of records, base64, with their keys.</summary>
    private const int LargestBody = 16 * 1024 * 1024;

    public static IService Of(KinesisStreams streams) => new JsonService(
        ServiceName.Kinesis,
        "Kinesis_20131202.",
        LargestBody,
        KinesisOperations.All.ToDictionary(operation => operation.Key, operation => (Action<JsonCall>)(call => operation.Value(new KinesisCall(streams, call)))));
}
