using Amazon.SQS;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Parking;

/// <summary>Keeps released groups going, whoever their consumer is: sends what a crash, a queue that was away, or an operator's SQL left unsent.</summary>
/// <param name="database">Where the parked groups are.</param>
/// <param name="sqs">Sends to the consumers' queues.</param>
/// <param name="logger">Gets a line for each queue that takes nothing.</param>
public sealed class ParkedReplays(NpgsqlDataSource database, IAmazonSQS sqs, ILogger<ParkedReplays> logger)
{
    private const int PageSize = 100;
    private readonly ReplayChain _chain = new(database, sqs, logger);

    /// <summary>
    /// Sends the first message of each released group unless it is on its way. Any number may run at once: a replay too many is dropped. A consumer whose
    /// queue takes nothing is left to the next run.
    /// </summary>
    /// <param name="cancellationToken">Ends the run; the rest waits for the next one.</param>
    /// <returns>How many replays were sent.</returns>
    public async Task<int> ResumeAsync(CancellationToken cancellationToken)
    {
        var (sent, last) = (0, new GroupKey("", ""));
        string? failed = null;
        while (await ParkedGroupTable.StalledAsync(database, last, PageSize, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var group in page.Where(g => g.Consumer != failed))
            {
                try
                {
                    sent += (await _chain.AdvanceAsync(group, null, cancellationToken).ConfigureAwait(false)).Sent ? 1 : 0;
                }
                catch (AmazonSQSException e)
                {
                    logger.ReplayFailed(e, group.Consumer, group.GroupId);
                    failed = group.Consumer;
                }
            }

            last = page[^1];
        }

        return sent;
    }
}
