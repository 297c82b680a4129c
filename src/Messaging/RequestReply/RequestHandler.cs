using Messaging.Consuming;

namespace Messaging.RequestReply;

/// <summary>Answers one request.</summary>
/// <typeparam name="TRequest">The record that carries the request.</typeparam>
/// <typeparam name="TReply">The record that carries the reply.</typeparam>
/// <param name="request">The request.</param>
/// <param name="cancellationToken">Cancelled at the request's deadline, or when the time for the batch is nearly over.</param>
/// <returns>The reply. An exception is a retry, as long as the deadline allows.</returns>
public delegate Task<TReply> RequestHandler<TRequest, TReply>(Received<TRequest> request, CancellationToken cancellationToken);
