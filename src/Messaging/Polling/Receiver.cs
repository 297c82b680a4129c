using System.Text;
using Amazon.Runtime;
using Amazon.SQS.Model;
using Messaging.Consuming;
using Messaging.Diagnostics;

namespace Messaging.Polling;

/// <summary>Asks the queue for messages until it answers.</summary>
internal sealed class Receiver(WorkerContext worker)
{
    private const int MostFailures = 8;
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    // SQS remembers a receive of a FIFO queue for so long.
    private static readonly TimeSpan AttemptLifetime = TimeSpan.FromMinutes(5);
    private static readonly Dictionary<string, MessageAttributeValue> NoAttributes = [];

    /// <summary>
    /// Messages, or none when the wait was over. A receive that failed is repeated, on a FIFO queue under the same attempt id: where the queue had
    /// taken messages and only the answer was lost, they come now, instead of blocking their groups until their visibility timeout.
    /// </summary>
    /// <param name="most">1 to 10.</param>
    /// <param name="stopping">Nothing more is repeated.</param>
    /// <param name="cut">Breaks off the receive that is open.</param>
    public async Task<IReadOnlyList<Held>> ReceiveAsync(int most, CancellationToken stopping, CancellationToken cut)
    {
        string? attempt = null;
        var attemptEnds = DateTimeOffset.MinValue;
        for (var failures = 1; !stopping.IsCancellationRequested; failures++)
        {
            if (worker.Options.IsFifo && attemptEnds <= worker.Time.GetUtcNow())
                (attempt, attemptEnds) = (Guid.NewGuid().ToString("n"), worker.Time.GetUtcNow() + AttemptLifetime);
            try
            {
                return await AskAsync(most, attempt, worker.Options.WaitTime, cut).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cut.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // No failure of a receive ends the worker.
            catch (Exception e)
#pragma warning restore CA1031
            {
                var delay = Backoff.Next(Math.Min(failures, MostFailures), FirstBackoff);
                Report(e, failures, delay);
                await Task.Delay(delay, worker.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return attempt is null ? [] : await FetchAsync(most, attempt).ConfigureAwait(false);
    }

    // What the receive that was broken off may have taken.
    private async Task<IReadOnlyList<Held>> FetchAsync(int most, string attempt)
    {
        try
        {
            using var patience = new CancellationTokenSource(LastPatience, worker.Time);
            return await AskAsync(most, attempt, TimeSpan.Zero, patience.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Then its messages come back by their visibility timeout.
        catch (Exception e)
#pragma warning restore CA1031
        {
            worker.Logger.ReceiveFailed(e, worker.Consumer, worker.Options.QueueUrl, 1, TimeSpan.Zero);
            return [];
        }
    }

    private async Task<IReadOnlyList<Held>> AskAsync(int most, string? attempt, TimeSpan wait, CancellationToken cancellationToken)
    {
        var request = new ReceiveMessageRequest
        {
            QueueUrl = worker.Options.QueueUrl,
            MaxNumberOfMessages = most,
            WaitTimeSeconds = (int)wait.TotalSeconds,
            VisibilityTimeout = (int)worker.Options.VisibilityTimeout.TotalSeconds,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = ["All"],
            ReceiveRequestAttemptId = attempt,
        };
        FailPoint.Before(Step.Receive);
        var response = await worker.Sqs.ReceiveMessageAsync(request, cancellationToken).ConfigureAwait(false);
        FailPoint.After(Step.Receive);
        var now = worker.Time.GetUtcNow();
        return [.. (response.Messages ?? []).Select(m => new Held(ToDelivery(m), now, worker.Options.VisibilityTimeout))];
    }

    private Delivery ToDelivery(Message message) => new()
    {
        MessageId = message.MessageId,
        ReceiptHandle = message.ReceiptHandle,
        Body = Encoding.UTF8.GetBytes(message.Body),
        Source = worker.Options.QueueUrl,
        SystemAttributes = SystemAttributes.From(message.Attributes),
        Attributes = message.MessageAttributes ?? NoAttributes,
    };

    private void Report(Exception e, int failures, TimeSpan delay)
    {
        if (e is QueueDoesNotExistException)
            worker.Logger.QueueMissing(worker.Options.QueueUrl, worker.Consumer, delay);
        else if (e is AmazonServiceException { ErrorCode: { } code } && code.Contains("AccessDenied", StringComparison.Ordinal))
            worker.Logger.ReceiveDenied(e, worker.Consumer, worker.Options.QueueUrl, delay);
        else
            worker.Logger.ReceiveFailed(e, worker.Consumer, worker.Options.QueueUrl, failures, delay);
    }
}
