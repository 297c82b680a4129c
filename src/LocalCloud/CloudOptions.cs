using System.Net;
using LocalCloud.Faults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalCloud;

/// <summary>Where the services listen and whose account and clock they use.</summary>
public sealed record CloudOptions
{
    /// <summary>TCP port, 0 to 65,535; 0 takes any free one. 4566 by default, the port emulators of AWS share.</summary>
    public int Port { get; init; } = 4566;

    /// <summary>The address to bind. Loopback by default: everybody knows the key that may do everything.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The region in every ARN.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The twelve-digit account in every ARN and queue URL.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>The clock behind timestamps, delays, visibility, retention and long polls.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// A folder in which state survives the end of the process, however it ends: SQS (queues, messages, deduplication memory), SNS (topics, archives,
    /// subscriptions, deliveries to HTTP endpoints), KMS (keys with their material, aliases), S3 (buckets, objects, versions, uploads), IAM (users, roles,
    /// policies, access keys) and STS (sessions, until they end). Null keeps all in memory. The folder's files have every key's secret and material, and on Unix
    /// only their owner may read them. One process at a time uses it. What was acknowledged is with the operating system: a power cut may lose the last second.
    /// </summary>
    /// <remarks>Kinesis, DynamoDB, SES with its mails, Lambda with its waiting events, and message move tasks stay in memory only.</remarks>
    public string? PersistTo { get; init; }

    /// <summary>What goes wrong, by seed; null for nothing. Can be changed later at <c>/_local/faults</c> and by <see cref="CloudServer.SetFaults"/>.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>Where the services log: identifiers only, never message bodies or mail addresses.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;
}
