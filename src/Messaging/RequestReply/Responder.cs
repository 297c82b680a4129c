using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Messaging.Consuming;
using Messaging.Envelope;
using Messaging.Publishing;

namespace Messaging.RequestReply;

/// <summary>
/// Answers requests, where their askers can still use it. A request that is delivered twice is answered twice, under one id: its handler should only
/// read, or be absorbed by something of its own.
/// </summary>
/// <param name="publish">Sends replies: <see cref="Publisher.PublishAsync(string, IReadOnlyList{Outbound}, CancellationToken)"/>.</param>
/// <param name="source">Who answers, a URI reference: <c>/availability</c>.</param>
/// <param name="replyQueues">The logical names of the only queues that replies go to, whatever a request asks for.</param>
/// <param name="time">The clock; the system's by default.</param>
public sealed class Responder(PublishMessages publish, string source, IReadOnlyCollection<string> replyQueues, TimeProvider? time = null)
{
    // The asker waits: sooner than a message that nobody waits for.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    private static Verdict Late => Verdict.Discard("Its deadline has passed: nobody waits for the reply.");

    /// <summary>Makes a handler for <see cref="Consumer.On"/> of one that returns a reply.</summary>
    /// <typeparam name="TRequest">The record that carries the request.</typeparam>
    /// <typeparam name="TReply">The record that carries the reply.</typeparam>
    /// <param name="question">What is asked.</param>
    /// <param name="handler">Answers it.</param>
    /// <returns>A handler that discards a request whose deadline has passed, and dead-letters one that cannot be answered.</returns>
    public MessageHandler<TRequest> With<TRequest, TReply>(Question<TRequest, TReply> question, RequestHandler<TRequest, TReply> handler) => async (message, cancellationToken) =>
    {
        if (ReplyAddress.TryParse(message.Event.ReplyTo) is not { } address || message.Event.Deadline is not { } deadline)
            return Verdict.DeadLetter("The request does not say where its reply goes, and until when.");
        if (!replyQueues.Contains(address.Queue))
            return Verdict.DeadLetter($"The request wants its reply in a queue that is not one of these: {string.Join(", ", replyQueues)}.");
        if (deadline - _time.GetUtcNow() is var left && left <= TimeSpan.Zero)
            return Late;

        // No timer takes more than 49 days.
        using var limit = new TimeLimit(left < RequestClientOptions.LongestDeadline ? left : RequestClientOptions.LongestDeadline, _time, cancellationToken);
        TReply reply;
        try
        {
            reply = await handler(message, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.Token.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Late;
        }

        return deadline <= _time.GetUtcNow() ? Late : await SendAsync(message.Event, address.Queue, question, reply, cancellationToken).ConfigureAwait(false);
    };

    private async Task<Verdict> SendAsync<TRequest, TReply>(
        CloudEvent request, string queue, Question<TRequest, TReply> question, TReply reply, CancellationToken cancellationToken)
    {
        var id = ReplyId(request.Id);
        var attributes = new CloudEvent(id, source, question.ReplyType, _time.GetUtcNow())
        {
            CausationId = request.Id,
            CorrelationId = request.CorrelationId,
            Deadline = request.Deadline,
            ReplyTo = request.ReplyTo,
            TraceParent = Activity.Current?.Id ?? request.TraceParent,
        };
        var message = OutgoingMessage.Create(attributes, reply, question.ReplyJson, id, [queue]);
        var failures = await publish(queue, [message.ToOutbound()], cancellationToken).ConfigureAwait(false);
        return failures is [var failure, ..] ? Verdict.Retry($"The reply was not sent: {failure.Reason}", RetryAfter) : Verdict.Done;
    }

    /// <summary>One request, one reply id, however often it is answered.</summary>
    private static string ReplyId(string requestId) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"reply to {requestId}")).AsSpan(0, 16)).ToString();
}
