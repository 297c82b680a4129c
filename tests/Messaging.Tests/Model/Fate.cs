using System.Text;
using Messaging.Envelope;

namespace Messaging.Tests.Model;

/// <summary>What has become of a message so far. Its handlers write here from several processes at a time.</summary>
internal sealed class Fate
{
    public const string Type = "greeting.sent.v1";
    private int _runs;
    private int _failures;

    public Fate(Planned plan, string id)
    {
        (Plan, Id) = (plan, id);
        var type = plan.Ending == Ending.UnknownType ? "greeting.unknown.v1" : Type;
        var body = Encoding.UTF8.GetString(CloudEventWriter.Write(new(id, "/model", type, DateTimeOffset.UnixEpoch), new Greeting("hello"), TestJson.Default.Greeting).Span);
        Body = plan.Ending switch
        {
            Ending.NoEnvelope => $"no envelope, {id}",
            Ending.NoData => body.Replace("\"text\"", "\"txet\"", StringComparison.Ordinal),
            _ => body,
        };
    }

    public Planned Plan { get; }

    /// <summary>The envelope's id.</summary>
    public string Id { get; }

    public string Body { get; }

    /// <summary>How often it was sent.</summary>
    public int Sent { get; set; }

    /// <summary>Set when the transaction with its end is known to be committed.</summary>
    public volatile bool Committed;

    /// <summary>Set when the world has meddled: then it may come early, or reach the dead-letter queue twice.</summary>
    public volatile bool Disturbed;

    /// <summary>When its handler asked to see it again, in ticks.</summary>
    public long NotBefore;

    /// <summary>Runs whose end the library got to see as a failure.</summary>
    public int Failures => _failures;

    public void Failed() => Interlocked.Increment(ref _failures);

    /// <summary>Null where this is the last run, or one after it.</summary>
    public Step? NextStep()
    {
        var run = Interlocked.Increment(ref _runs);
        return run <= Plan.Steps.Count ? Plan.Steps[run - 1] : null;
    }
}
