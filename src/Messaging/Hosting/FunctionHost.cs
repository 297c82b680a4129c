using Amazon.Lambda.RuntimeSupport;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Messaging.Consuming;
using Messaging.Inbox;
using Messaging.Outbox;
using Messaging.Parking;
using Messaging.Publishing;
using Messaging.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;
using ILambdaContext = Amazon.Lambda.Core.ILambdaContext;

namespace Messaging.Hosting;

/// <summary>
/// What a Lambda function is made of, each part made once a process and only when it is asked for: clients, database, inbox, outbox, logs.
/// The stack's environment variables say where everything is.
/// </summary>
public sealed class FunctionHost : IAsyncDisposable
{
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(3);
    private readonly Lazy<NpgsqlDataSource> _database;
    private readonly Lazy<AmazonSQSClient> _sqs = new(() => new());
    private readonly Lazy<AmazonSimpleNotificationServiceClient> _sns = new(() => new());
    private readonly Lazy<PayloadServices> _payloads;
    private readonly ILoggerFactory _logs;
    private readonly Flushes _flushes;
    private readonly EmfCollector? _emf;

    /// <summary>
    /// Reads nothing yet but <c>LOG_LEVEL</c> (default Information), and <c>EMF</c>: under Lambda, metrics go to standard output in CloudWatch's
    /// Embedded Metric Format after each batch, in the namespace <c>AWS_EMF_NAMESPACE</c> (default Messaging), unless it is <c>off</c>.
    /// </summary>
    public FunctionHost()
    {
        var level = Enum.TryParse<LogLevel>(Environment.GetEnvironmentVariable("LOG_LEVEL"), ignoreCase: true, out var l) ? l : LogLevel.Information;
        var stdout = new StdoutLogger(level, Time);
        _logs = LoggerFactory.Create(b => b.SetMinimumLevel(level).AddProvider(stdout));
        _flushes = new(Time, Logger<FunctionHost>());
        _database = new(() => Hosting.Database.Open(Required("DATABASE")));
        _payloads = new(() => new(Environment.GetEnvironmentVariable, Time));
        _emf = EmfOutput.Create(Environment.GetEnvironmentVariable, Time, stdout.WriteLine);
        if (_emf is not null)
            OnFlush(_emf.FlushAsync);
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>PostgreSQL at <c>DATABASE</c>.</summary>
    public NpgsqlDataSource Database => _database.Value;

    /// <summary>Sends to topics and queues.</summary>
    public Publisher Publisher => field ??= new(_sqs.Value, _sns.Value, new(Environment.GetEnvironmentVariable)) { Prepare = Prepare };

    /// <summary>
    /// Makes messages ready to be sent: encrypts those that ask for it with the key whose ARN is <c>PAYLOAD_KEY</c>, and puts large ones into the bucket
    /// <c>PAYLOAD_BUCKET</c>. Null where neither is set. Further keys, behind commas, are read and not written with.
    /// </summary>
    public PrepareMessage? Prepare => _payloads.Value.Prepare;

    /// <summary>Writes to the outbox.</summary>
    public OutboxWriter Outbox => new(Database, Publisher.PublishAsync, new(), Time, Logger<OutboxWriter>()) { Prepare = Prepare };

    /// <summary>Publishes what waits in the outbox.</summary>
    public OutboxRelay Relay => new(Database, Publisher.PublishAsync, new(), Time, Logger<OutboxRelay>());

    /// <summary>The messages that could not be published: for listing, editing, replaying and discarding.</summary>
    public OutboxDeadLetters OutboxDeadLetters => new(Database, Logger<OutboxDeadLetters>());

    /// <summary>Deletes what the audit of dead letters need not remember any more.</summary>
    public OutboxAuditCleanup OutboxAuditCleanup => new(Database, new(), Logger<OutboxAuditCleanup>());

    /// <summary>Deletes what the inbox need not remember any more.</summary>
    public InboxCleanup InboxCleanup => new(Database, new(), Logger<InboxCleanup>());

    /// <summary>Keeps released groups of all consumers going.</summary>
    public ParkedReplays ParkedReplays => new(Database, _sqs.Value, Logger<ParkedReplays>());

    /// <summary>A variable the stack must set.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="InvalidOperationException">It is not set.</exception>
    public static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"The environment variable {name} is not set. The function's stack sets it.");

    /// <summary>A logger.</summary>
    /// <typeparam name="T">Its category.</typeparam>
    /// <returns>The logger.</returns>
    public ILogger<T> Logger<T>() => _logs.CreateLogger<T>();

    /// <summary>The inbox of a consumer.</summary>
    /// <param name="consumer">Its name.</param>
    /// <returns>The inbox.</returns>
    public PostgresInbox Inbox(string consumer) => new(consumer, Database, Outbox, Logger<PostgresInbox>());

    /// <summary>The parked groups of a consumer: for <see cref="QueueOptions.Parking"/>, and for listing and releasing.</summary>
    /// <param name="consumer">Its name.</param>
    /// <returns>The groups.</returns>
    public ParkedGroups Parking(string consumer) => new(consumer, Database, _sqs.Value, Logger<ParkedGroups>());

    /// <summary>A consumer without routes yet.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The consumer.</returns>
    public Consumer Consumer(string name) => new(name, _logs.CreateLogger(name)) { Payloads = _payloads.Value.Bucket, Encryption = _payloads.Value.Encryption };

    /// <summary>
    /// Connects to the database while the function starts: Lambda gives it a whole processor then, and the first message need not wait for it.
    /// A database that does not answer is left to that message.
    /// </summary>
    /// <returns>A task.</returns>
    public async Task WarmUpAsync()
    {
        using var patience = new CancellationTokenSource(WarmUpTime, Time);
        try
        {
            await using var command = Database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            Logger<FunctionHost>().DatabaseNotWarm(e);
        }
    }

    /// <summary>
    /// Adds what must be written out before Lambda may freeze the process, such as an exporter's ForceFlush: run after each batch, before its
    /// answer, for a second at most. A failure is logged and changes no answer. Log lines need none: each is written at once.
    /// </summary>
    /// <param name="flush">Writes out; its token is cancelled when the second, or half of the time that is left, is over.</param>
    /// <returns>This host.</returns>
    public FunctionHost OnFlush(Func<CancellationToken, Task> flush)
    {
        _flushes.Add(flush);
        return this;
    }

    /// <summary>Serves the queue at <c>QUEUE_URL</c>, with the dead-letter queue at <c>DEAD_LETTER_QUEUE_URL</c>, until the process is told to stop.</summary>
    /// <param name="consumer">Handles the messages.</param>
    /// <param name="configure">Changes the limits.</param>
    /// <returns>A task that ends with the process.</returns>
    public async Task RunAsync(Consumer consumer, Func<SqsBatchOptions, SqsBatchOptions>? configure = null)
    {
        var options = new SqsBatchOptions { QueueUrl = Required("QUEUE_URL"), DeadLetterQueueUrl = Required("DEAD_LETTER_QUEUE_URL"), CountAttempt = AttemptCounterOf(consumer) };
        options = configure?.Invoke(options) ?? options;
        var batch = new SqsBatch(consumer, _sqs.Value, options, Time);
        PoolThreads.BeginWithOne();
        await WarmUpAsync().ConfigureAwait(false);
        using var bootstrap = LambdaBootstrapBuilder.Create((Stream message, ILambdaContext context) => HandleAsync(batch, message, () => context.RemainingTime)).Build();
        await bootstrap.RunAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Serves a schedule until the process is told to stop: at each tick, whatever its event says, the chores run one after the other, and the rest of
    /// one that takes too long waits for the next tick.
    /// </summary>
    /// <param name="chores">In the order of their urgency. One that fails keeps none of the others from running; the invocation fails then.</param>
    /// <returns>A task that ends with the process.</returns>
    public async Task RunScheduledAsync(params IReadOnlyList<Func<CancellationToken, Task>> chores)
    {
        var all = new Chores(chores);
        await WarmUpAsync().ConfigureAwait(false);
        using var bootstrap = LambdaBootstrapBuilder.Create((Stream _, ILambdaContext context) => TickAsync(all, () => context.RemainingTime)).Build();
        await bootstrap.RunAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_database.IsValueCreated)
            await _database.Value.DisposeAsync().ConfigureAwait(false);
        if (_sqs.IsValueCreated)
            _sqs.Value.Dispose();
        if (_sns.IsValueCreated)
            _sns.Value.Dispose();
        if (_payloads.IsValueCreated)
            _payloads.Value.Dispose();
        _emf?.Dispose();
        _logs.Dispose();
    }

    /// <summary>Answers one batch, and flushes whatever became of it.</summary>
    internal async Task<Stream> HandleAsync(SqsBatch batch, Stream message, Func<TimeSpan> remaining)
    {
        try
        {
            return await batch.HandleAsync(message, remaining(), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await _flushes.RunAsync(remaining() / 2).ConfigureAwait(false);
        }
    }

    private async Task TickAsync(Chores chores, Func<TimeSpan> remaining)
    {
        try
        {
            await chores.RunAsync(remaining).ConfigureAwait(false);
        }
        finally
        {
            await _flushes.RunAsync(remaining() / 2).ConfigureAwait(false);
        }
    }

    // Without a database, receives are counted.
    private Func<string, CancellationToken, Task<int>>? AttemptCounterOf(Consumer consumer) =>
        Environment.GetEnvironmentVariable("DATABASE") is { Length: > 0 } ? new AttemptCounter(consumer.Name, Database).CountAsync : null;
}
