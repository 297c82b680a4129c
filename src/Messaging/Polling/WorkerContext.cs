using Amazon.SQS;
using Microsoft.Extensions.Logging;

namespace Messaging.Polling;

/// <summary>What every part of a worker needs.</summary>
/// <param name="Sqs">The client.</param>
/// <param name="Consumer">The consumer's name, for the log.</param>
/// <param name="Options">The queue and the limits.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">For what the worker itself does.</param>
internal sealed record WorkerContext(IAmazonSQS Sqs, string Consumer, SqsWorkerOptions Options, TimeProvider Time, ILogger Logger);
