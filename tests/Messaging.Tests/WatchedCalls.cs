using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Messaging.Tests;

/// <summary>Watches the calls of a client to SQS on their way: what each carries, and which are under way at a time.</summary>
internal sealed class WatchedCalls : HttpClientFactory
{
    private readonly ConcurrentQueue<string[]> _calls = [];
    private readonly Lock _gate = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Holds every call back until it ends.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    /// <summary>The bodies of the messages of each call.</summary>
    public IReadOnlyCollection<string[]> Calls => _calls;

    public int UnderWay { get; private set; }

    public int MostUnderWay { get; private set; }

    /// <summary>A key of which two messages were under way at once; a body begins with its key and a space.</summary>
    public string? KeyTwiceUnderWay { get; private set; }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Watch(this));

    private sealed class Watch(WatchedCalls calls) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var json = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            string[] bodies = [.. (json["Entries"] as JsonArray ?? []).Select(e => (string)e!["MessageBody"]!)];
            calls._calls.Enqueue(bodies);
            calls.Enter(bodies);
            try
            {
                await calls.Hold.WaitAsync(cancellationToken);
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                calls.Leave(bodies);
            }
        }
    }

    private static string Key(string body) => body.Split(' ')[0];

    private void Enter(string[] bodies)
    {
        lock (_gate)
        {
            UnderWay++;
            MostUnderWay = Math.Max(MostUnderWay, UnderWay);
            foreach (var body in bodies)
                KeyTwiceUnderWay = _keys.Add(Key(body)) ? KeyTwiceUnderWay : Key(body);
        }
    }

    private void Leave(string[] bodies)
    {
        lock (_gate)
        {
            UnderWay--;
            _keys.ExceptWith(bodies.Select(Key));
        }
    }
}
