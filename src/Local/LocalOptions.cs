using System.Net;

namespace Local;

/// <summary>Where everything is.</summary>
internal sealed record LocalOptions
{
    /// <summary>Of the HTTP API and the page.</summary>
    public required int Port { get; init; }

    /// <summary>Of LocalCloud.</summary>
    public required int CloudPort { get; init; }

    /// <summary>Null: one is started.</summary>
    public string? Database { get; init; }

    /// <summary>Null: LocalCloud's own SQS and SNS.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Whether queues are polled and schedules run.</summary>
    public bool Delivers { get; init; } = true;

    /// <summary>Nothing of it is for other machines.</summary>
    public static IPAddress Address => IPAddress.Loopback;
}
