using System.Net;
using System.Net.Sockets;
using LocalCloud.Accounting;
using LocalCloud.DynamoDb;
using LocalCloud.DynamoDb.Tables;
using LocalCloud.Email;
using LocalCloud.Faults;
using LocalCloud.Http;
using LocalCloud.Iam;
using LocalCloud.Kinesis;
using LocalCloud.Kms;
using LocalCloud.Lambda;
using LocalCloud.Lambda.Api;
using LocalCloud.Persistence;
using LocalCloud.Persistence.Accounts;
using LocalCloud.Persistence.Buckets;
using LocalCloud.Persistence.Keys;
using LocalCloud.Persistence.Queues;
using LocalCloud.Persistence.Topics;
using LocalCloud.S3;
using LocalCloud.Sns;
using LocalCloud.Sqs;
using LocalCloud.Sts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalCloud;

/// <summary>AWS's messaging services and what they lean on, behind one HTTP endpoint in this process. Everything is in memory and gone when it is disposed, unless there is a folder to persist to.</summary>
public sealed class CloudServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SqsService _sqs;
    private readonly SnsService _sns;
    private readonly LambdaService _lambda;
    private readonly RequestLedger _ledger;
    private readonly FaultInjector _faults;
    private int _disposed;

    private CloudServer(WebApplication app, SqsService sqs, SnsService sns, LambdaService lambda, Mailbox mailbox, RequestLedger ledger, FaultInjector faults)
    {
        (_app, _sqs, _sns, _lambda, Mailbox, _ledger, _faults) = (app, sqs, sns, lambda, mailbox, ledger, faults);
        Endpoint = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where the services listen, such as <c>http://127.0.0.1:4566</c>: the value for <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>The mails that SES accepted.</summary>
    public Mailbox Mailbox { get; }

    internal Journal? Journal { get; private init; }

    /// <summary>The functions of the account.</summary>
    internal LambdaService Lambda => _lambda;

    /// <summary>What was called since the start or the last <see cref="ForgetRequests"/>, and what it would be billed as. Also at <c>/_local/requests</c>.</summary>
    public RequestCounts Requests => _ledger.Read();

    /// <summary>Starts the services.</summary>
    /// <exception cref="ArgumentException">A value of the fault plan is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The port is in use, or may not be bound.</exception>
    /// <exception cref="JournalException">The folder to persist to is in use, or what is in it cannot be read.</exception>
    public static async Task<CloudServer> StartAsync(CloudOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var keys = new KmsKeys(options);
        var faults = new FaultInjector(options.Faults);
        var ledger = new RequestLedger();
        var sqs = new SqsService(options) { Keys = keys, Faults = faults };
        var mailbox = new Mailbox();
        var sns = new SnsService(options, sqs, mailbox, ledger);
        var iam = new IamAccount(options);
        var lambda = new LambdaService(options);
        var s3 = new S3Service(options, sqs, sns);
        var logger = options.Logs.CreateLogger<CloudServer>();
        // A service after those that it looks things up in.
        IPersistent[] stores = [new KeyStore(keys), new QueueStore(sqs), new TopicStore(sns), new BucketImages(s3.Store), new AccountStore(iam)];
        var journal = options.PersistTo is { } folder ? Journal.Open(folder, stores, logger) : null;
        IService[] services =
        [
            new SqsProtocol(sqs),
            new SnsProtocol(sns),
            new SesProtocol(new SesService(options, mailbox)),
            new StsProtocol(iam),
            new IamProtocol(iam),
            KmsProtocol.Of(keys),
            KinesisProtocol.Of(new KinesisStreams(options)),
            new S3Protocol(s3),
            new DynamoDbProtocol(new Database(options)),
            new LambdaProtocol(lambda),
        ];
        var local = new LocalPaths()
            .Add("GET", "/health", Health.Of(services))
            .Add("GET", "/_localstack/health", Health.Of(services))
            .AddMails(mailbox)
            .AddRequests(ledger)
            .AddFaults(faults);
        var dispatcher = new Dispatcher(services, local, ledger, faults, new Callers(iam), options, journal);
        var app = Build(options);
        app.Run(dispatcher.HandleAsync);
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception failure) when (failure is AddressInUseException or SocketException || failure.InnerException is AddressInUseException or SocketException)
        {
            await app.DisposeAsync();
            journal?.Dispose();
            throw new InvalidOperationException(
                $"Port {options.Port} on {options.Address} cannot be used: {failure.Message} Stop the program that listens there, or choose another port (0 takes any free one).", failure);
        }

        var server = new CloudServer(app, sqs, sns, lambda, mailbox, ledger, faults) { Journal = journal };
        sns.InvokeFunction = lambda.TryNotify;
        sns.Endpoint = lambda.Endpoint = server.Endpoint;
        sns.Resume();
        Log.Listening(logger, server.Endpoint);
        return server;
    }

    /// <summary>Counts requests from nothing again.</summary>
    public void ForgetRequests() => _ledger.Clear();

    /// <summary>Puts a fault plan in force, which counts calls from nothing; null ends all faults.</summary>
    /// <exception cref="ArgumentException">A value of the plan is out of its range.</exception>
    public void SetFaults(FaultPlan? plan) => _faults.Set(plan);

    /// <summary>Ends open long polls with an empty answer, then stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _lambda.DisposeAsync();
        _sqs.Close();
        await _sns.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Journal?.Dispose();
    }

    private static WebApplication Build(CloudOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = Limits.Connections;
            // The services answer an oversized body with an error of their own.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(new IPEndPoint(options.Address, options.Port), listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton(options.Logs);
        // The process belongs to whoever started the server: Ctrl+C is theirs to handle.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        return builder.Build();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
