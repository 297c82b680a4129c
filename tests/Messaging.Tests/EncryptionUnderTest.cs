using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Messaging.Consuming;
using Messaging.Encryption;
using Messaging.Envelope;
using Messaging.Publishing;
using Tests.Common;

namespace Messaging.Tests;

internal sealed record Guest(string Name, string? Email);

internal sealed record Stay(string Hotel, Guest Guest, IReadOnlyList<Guest> Others);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Stay))]
internal sealed partial class StayJson : JsonSerializerContext;

/// <summary>A sender and a consumer of encrypted messages, with a key in a KMS between them.</summary>
internal sealed class EncryptionUnderTest : IAsyncDisposable
{
    public const string Type = "stay.booked.v1";
    public static readonly Stay Stay = new("alpha", new("Ada Secret", "ada@secret.example"), [new("Bob Secret", null), new("Cy Secret", "cy@secret.example")]);
    private readonly List<IDisposable> _owned = [];

    private EncryptionUnderTest(TestCloud cloud, TimeProvider time) => (Cloud, Time) = (cloud, time);

    public TestCloud Cloud { get; }

    public TimeProvider Time { get; }

    public AmazonKeyManagementServiceClient Kms { get; private set; } = null!;

    public string KeyArn { get; private set; } = "";

    public PayloadEncryption Sender { get; private set; } = null!;

    public PayloadEncryption Reader { get; private set; } = null!;

    /// <summary>What the consumer got.</summary>
    public List<Received<Stay>> Got { get; } = [];

    public RecordedLog Log { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<EncryptionUnderTest> StartAsync(TimeProvider? time = null)
    {
        var it = new EncryptionUnderTest(await TestCloud.StartAsync(time), time ?? TimeProvider.System);
        it.Kms = it.NewKms("test", "test");
        it.KeyArn = await it.NewKeyAsync();
        (it.Sender, it.Reader) = (it.NewEncryption(), it.NewEncryption());
        return it;
    }

    public AmazonKeyManagementServiceClient NewKms(string keyId, string secret)
    {
        var config = new AmazonKeyManagementServiceConfig { ServiceURL = Cloud.Server.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };
        return Own(new AmazonKeyManagementServiceClient(new BasicAWSCredentials(keyId, secret), config));
    }

    public async Task<string> NewKeyAsync() => (await Kms.CreateKeyAsync(new(), Ct)).KeyMetadata.Arn;

    public PayloadEncryption NewEncryption(Func<PayloadEncryptionOptions, PayloadEncryptionOptions>? change = null, IAmazonKeyManagementService? kms = null)
    {
        var options = new PayloadEncryptionOptions { KeyArn = KeyArn };
        return Own(new PayloadEncryption(kms ?? Kms, change?.Invoke(options) ?? options, Time));
    }

    public static OutgoingMessage Message(EncryptedData? what, string id = "1", Stay? stay = null, string type = Type) => OutgoingMessage.Create(
        new CloudEvent(id, "/tests", type, DateTimeOffset.UnixEpoch), stay ?? Stay, StayJson.Default.Stay, "key", ["stays"]) with
    { Encryption = what };

    /// <summary>A body as it leaves.</summary>
    public async Task<string> SealAsync(EncryptedData? what, string id = "1") => (await Sender.PrepareAsync(Message(what, id), Ct)).Body;

    public Consumer Consumer(EncryptedData? only = null, PayloadEncryption? reader = null)
    {
        var consumer = new Consumer("tests", Log) { Encryption = reader ?? Reader }.On(Type, StayJson.Default.Stay, (message, _) =>
        {
            lock (Got)
                Got.Add(message);
            return Task.FromResult(Verdict.Done);
        });
        return only is null ? consumer : consumer.OnlyEncrypted(Type, only);
    }

    public async Task<Verdict> HandleAsync(string body, Consumer? consumer = null) => await (consumer ?? Consumer()).HandleAsync(Encoding.UTF8.GetBytes(body), 1, Ct);

    /// <summary>The reason why a body became a dead letter.</summary>
    public async Task<string> DeathAsync(string body, Consumer? consumer = null)
    {
        var dead = Assert.IsType<Verdict.DeadLettered>(await HandleAsync(body, consumer));
        Assert.Empty(Got);
        Assert.All(Log.Lines.Select(line => line.Text).Append(dead.Reason), text => Assert.DoesNotContain("ecret", text, StringComparison.Ordinal));
        return dead.Reason;
    }

    /// <summary>Calls of KMS since the start.</summary>
    public long Calls(string action) => Cloud.Server.Requests.Of("kms", action).Calls;

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            owned.Dispose();
        await Cloud.DisposeAsync();
    }

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
