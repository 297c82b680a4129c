using System.Text.Json;
using Amazon.SQS;
using Messaging.Consuming;
using Messaging.Envelope;
using Messaging.Publishing;
using Microsoft.Extensions.Logging;

namespace Messaging.RequestReply;

/// <summary>
/// Asks through a queue and waits for the reply: any number of requests at a time over one reply queue, which several processes may share. It
/// receives only while somebody waits, so a process that is frozen between its requests holds nothing up.
/// </summary>
/// <remarks>
/// The request's envelope has two more extension attributes, <c>replyto</c> and <c>deadline</c>, which the reply repeats; the reply's
/// <c>causationid</c> is the request's <c>id</c>. They stand in the envelope and not among the message attributes because a redrive, a deferral and a
/// claim check keep the envelope, and because those attributes are nine in all.
/// </remarks>
public sealed class RequestClient : IAsyncDisposable
{
    // The last one to leave waits so long at most until its reply is deleted and no call is open: then the process may be frozen.
    private static readonly TimeSpan Tidying = TimeSpan.FromSeconds(1);
    private readonly PublishMessages _publish;
    private readonly RequestClientOptions _options;
    private readonly TimeProvider _time;
    private readonly string _client = Guid.NewGuid().ToString("n");
    private readonly SemaphoreSlim _room;
    private readonly CancellationTokenSource _closed = new();
    private readonly ReplyReceiver _receiver;
    private readonly OpenAsks _asks;

    /// <summary>Receives nothing before the first request.</summary>
    /// <param name="sqs">For the reply queue.</param>
    /// <param name="publish">Sends requests: <see cref="Publisher.PublishAsync(string, IReadOnlyList{Outbound}, CancellationToken)"/>.</param>
    /// <param name="options">Where replies come in, and limits.</param>
    /// <param name="logger">Gets a line for each reply that is dropped.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public RequestClient(IAmazonSQS sqs, PublishMessages publish, RequestClientOptions options, ILogger<RequestClient> logger, TimeProvider? time = null)
    {
        (_publish, _options, _time) = (publish, options, time ?? TimeProvider.System);
        _room = new(options.MaxInFlight);
        _receiver = new(sqs, options, _client, (id, reply) => _asks!.TryAnswer(id, reply), _time, logger);
        _asks = new(_receiver.RunAsync);
    }

    /// <summary>Requests that wait for their reply.</summary>
    public int InFlight => _asks.Count;

    /// <summary>Asks, and waits for the reply.</summary>
    /// <typeparam name="TRequest">The record that carries the request.</typeparam>
    /// <typeparam name="TReply">The record that carries the reply.</typeparam>
    /// <param name="question">What is asked of whom.</param>
    /// <param name="request">The request.</param>
    /// <param name="within">How long the reply is worth something: above zero, at most a minute. The answerer heeds it too, by its own clock.</param>
    /// <param name="cancellationToken">Gives up. A reply that comes all the same is dropped.</param>
    /// <returns>The reply.</returns>
    /// <exception cref="TimeoutException">There was no reply in time. It names type and id; what kept replies from being received, if anything, is its inner exception.</exception>
    /// <exception cref="RequestNotSentException">The queue did not take the request, or may not have.</exception>
    /// <exception cref="InvalidCloudEventException">The reply is of another type, or its data is not what the type promises.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed of before the reply came.</exception>
    public async Task<TReply> AskAsync<TRequest, TReply>(Question<TRequest, TReply> question, TRequest request, TimeSpan within, CancellationToken cancellationToken)
    {
        if (within <= TimeSpan.Zero || within > RequestClientOptions.LongestDeadline)
            throw new ArgumentOutOfRangeException(nameof(within), within, "A reply is waited for above zero and at most a minute.");
        ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
        var now = _time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString();
        var attributes = new CloudEvent(id, _options.Source, question.RequestType, now)
        {
            Deadline = now + within,
            ReplyTo = new ReplyAddress(_options.ReplyQueue, _client).ToString(),
        };
        var message = OutgoingMessage.Create(attributes, request, question.RequestJson, id, [question.Destination]);

        using var late = new CancellationTokenSource(within, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _closed.Token, cancellationToken);
        RawReply reply;
        try
        {
            await _room.WaitAsync(end.Token).ConfigureAwait(false);
            try
            {
                reply = await SendAndWaitAsync(message, end.Token).ConfigureAwait(false);
            }
            finally
            {
                _room.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
            throw new TimeoutException($"There was no reply to {question.RequestType} {id} within {within.TotalSeconds:0.###} s.", _receiver.Failure);
        }

        return Decode(question, id, reply);
    }

    /// <summary>Gives up what is in flight, and ends receiving.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed.IsCancellationRequested)
            return;
        await _closed.CancelAsync().ConfigureAwait(false);
        await _asks.DrainAsync().ConfigureAwait(false);
    }

    private async Task<RawReply> SendAndWaitAsync(OutgoingMessage message, CancellationToken end)
    {
        var reply = _asks.Open(message.Id);
        try
        {
            var failures = await _publish(message.Destinations[0], [message.ToOutbound()], end).ConfigureAwait(false);

            // What was sent late is late; and a reply proves that it was sent.
            end.ThrowIfCancellationRequested();
            if (failures is [var failure, ..] && !reply.IsCompleted)
                throw new RequestNotSentException($"The request {message.Type} {message.Id} to '{message.Destinations[0]}' was not sent: {failure.Reason}");
            return await reply.WaitAsync(end).ConfigureAwait(false);
        }
        finally
        {
            await _asks.CloseAsync(message.Id).WaitAsync(Tidying, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TReply Decode<TRequest, TReply>(Question<TRequest, TReply> question, string id, RawReply reply)
    {
        if (reply.Type != question.ReplyType)
            throw new InvalidCloudEventException($"The reply to {question.RequestType} {id} has another type than '{question.ReplyType}'.");
        try
        {
            return JsonSerializer.Deserialize(reply.Data.Span, question.ReplyJson)
                ?? throw new InvalidCloudEventException($"The reply to {question.RequestType} {id} has no data.");
        }
        catch (JsonException e)
        {
            // Its message can quote the content: only the place is told.
            throw new InvalidCloudEventException($"The reply to {question.RequestType} {id} is not a {typeof(TReply).Name}: see {DataPlace.Of(e.Path, question.ReplyJson)}.");
        }
    }
}
