using System.Buffers;
using System.Text.Json;

namespace Messaging.Consuming;

/// <summary>Tells Lambda which messages must come back: <c>{"batchItemFailures":[{"itemIdentifier":"…"}]}</c>.</summary>
internal static class LambdaAnswer
{
    private static readonly byte[] AllDone = """{"batchItemFailures":[]}"""u8.ToArray();

    public static ReadOnlyMemory<byte> Write(IReadOnlyCollection<string> ids)
    {
        if (ids.Count == 0)
            return AllDone;
        var answer = new ArrayBufferWriter<byte>(32 + (60 * ids.Count));
        using (var json = new Utf8JsonWriter(answer))
        {
            json.WriteStartObject();
            json.WriteStartArray("batchItemFailures"u8);
            foreach (var id in ids)
            {
                json.WriteStartObject();
                json.WriteString("itemIdentifier"u8, id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return answer.WrittenMemory;
    }
}
