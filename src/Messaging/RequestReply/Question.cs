using System.Text.Json.Serialization.Metadata;

namespace Messaging.RequestReply;

/// <summary>What may be asked, of whom, and what comes back: the same for both sides.</summary>
/// <typeparam name="TRequest">The record that carries the request.</typeparam>
/// <typeparam name="TReply">The record that carries the reply.</typeparam>
/// <param name="RequestType">The request's type, with its version.</param>
/// <param name="RequestJson">The generated metadata of <typeparamref name="TRequest"/>.</param>
/// <param name="ReplyType">The reply's type, with its version.</param>
/// <param name="ReplyJson">The generated metadata of <typeparamref name="TReply"/>.</param>
/// <param name="Destination">The logical name of the queue that is asked.</param>
public sealed record Question<TRequest, TReply>(
    string RequestType, JsonTypeInfo<TRequest> RequestJson, string ReplyType, JsonTypeInfo<TReply> ReplyJson, string Destination);
