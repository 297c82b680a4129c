using System.Text.Json;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using Contracts;
using Messaging.Consuming;

namespace Benchmarks.Consuming;

/// <summary>The loop that a team writes when it has no library: no verdicts, no deadline, no bounds, no isolation but a catch.</summary>
internal sealed class HandWritten(Func<PlaceBooking, CancellationToken, Task<Verdict>> handler)
{
    private readonly SourceGeneratorLambdaJsonSerializer<LambdaJson> _serializer = new();

    public async Task<Verdict> HandleAsync(byte[] body, CancellationToken cancellationToken)
    {
        var envelope = JsonSerializer.Deserialize(body, EnvelopeJson.Default.Envelope)!;
        return envelope.Type == Messages.PlaceBooking.Type ? await handler(envelope.Data, cancellationToken) : Verdict.DeadLetter("unknown");
    }

    public async Task<Stream> HandleAsync(Stream batch, CancellationToken cancellationToken)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var record in _serializer.Deserialize<SQSEvent>(batch).Records!)
        {
            try
            {
                var envelope = JsonSerializer.Deserialize(record.Body, EnvelopeJson.Default.Envelope)!;
                if (envelope.Type == Messages.PlaceBooking.Type)
                    await handler(envelope.Data, cancellationToken);
            }
            catch (JsonException)
            {
                failures.Add(new() { ItemIdentifier = record.MessageId });
            }
        }

        var answer = new MemoryStream();
        _serializer.Serialize(new SQSBatchResponse(failures), answer);
        answer.Position = 0;
        return answer;
    }
}
