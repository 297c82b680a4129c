using Messaging.Consuming;

namespace Messaging.RequestReply;

/// <summary>Adds the answering of requests to consumers.</summary>
public static class ConsumerReplies
{
    /// <summary>Adds a route for a request, whose handler returns the reply.</summary>
    /// <typeparam name="TRequest">The record that carries the request.</typeparam>
    /// <typeparam name="TReply">The record that carries the reply.</typeparam>
    /// <param name="consumer">The consumer.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="responder">Sends the replies.</param>
    /// <param name="handler">Answers.</param>
    /// <returns>The consumer.</returns>
    /// <exception cref="ArgumentException">The type has a route already.</exception>
    public static Consumer Reply<TRequest, TReply>(
        this Consumer consumer, Question<TRequest, TReply> question, Responder responder, RequestHandler<TRequest, TReply> handler) =>
        consumer.On(question.RequestType, question.RequestJson, responder.With(question, handler));
}
