using LocalCloud.Faults;
using LocalCloud.Tests;
using Messaging.Consuming;
using Messaging.Encryption;

namespace Messaging.Tests;

/// <summary>Data keys: made seldom, kept for a while, and refused to those who may not have them.</summary>
public sealed class EncryptionKeyTests : IAsyncLifetime
{
    private readonly FakeTime _time = new();
    private EncryptionUnderTest _it = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _it = await EncryptionUnderTest.StartAsync(_time);

    [Fact]
    public async Task Sixty_four_senders_make_one_data_key_and_sixty_four_consumers_open_it_once()
    {
        var bodies = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => _it.SealAsync(EncryptedData.Whole, $"{i}"))));
        var consumer = _it.Consumer();
        var verdicts = await Task.WhenAll(bodies.Select(body => Task.Run(() => _it.HandleAsync(body, consumer))));

        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Done, verdict));
        Assert.Equal((64, 1L, 1L), (_it.Got.Count, _it.Calls("GenerateDataKey"), _it.Calls("Decrypt")));
    }

    [Fact]
    public async Task A_data_key_is_used_for_five_minutes()
    {
        await _it.SealAsync(EncryptedData.Whole);
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        var first = await _it.SealAsync(EncryptedData.Whole);
        Assert.Equal(1, _it.Calls("GenerateDataKey"));

        _time.Advance(TimeSpan.FromSeconds(1));
        var second = await _it.SealAsync(EncryptedData.Whole);

        Assert.Equal(2, _it.Calls("GenerateDataKey"));
        Assert.Equal((Verdict.Done, Verdict.Done), (await _it.HandleAsync(first), await _it.HandleAsync(second)));
    }

    [Fact]
    public async Task A_data_key_is_used_for_as_many_values_as_it_may()
    {
        using var sender = _it.NewEncryption(options => options with { MostUses = 6 });

        for (var i = 0; i < 6; i++)
            await sender.PrepareAsync(EncryptionUnderTest.Message(EncryptedData.Members("guest.name", "others.name")), Ct);

        Assert.Equal(3, _it.Calls("GenerateDataKey"));
    }

    [Fact]
    public async Task Each_type_has_a_data_key_of_its_own()
    {
        await _it.SealAsync(EncryptedData.Whole);
        await _it.Sender.PrepareAsync(EncryptionUnderTest.Message(EncryptedData.Whole, type: "stay.other.v1"), Ct);

        Assert.Equal(2, _it.Calls("GenerateDataKey"));
    }

    [Fact]
    public async Task Who_lost_the_right_to_a_key_reads_no_longer_once_its_data_keys_are_old()
    {
        var body = await _it.SealAsync(EncryptedData.Whole);
        var consumer = _it.Consumer();
        Assert.Equal(Verdict.Done, await _it.HandleAsync(body, consumer));
        await _it.Kms.DisableKeyAsync(_it.KeyArn, Ct);
        Assert.Equal(Verdict.Done, await _it.HandleAsync(body, consumer));
        _it.Got.Clear();

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal($"{_it.KeyArn} did not open the data key of the message: DisabledException. Enable the key.", await _it.DeathAsync(body, consumer));
    }

    [Fact]
    public async Task A_sender_whose_key_is_disabled_fails_its_caller_with_the_message_named()
    {
        await _it.Kms.DisableKeyAsync(_it.KeyArn, Ct);

        var error = await Assert.ThrowsAsync<PayloadException>(() => _it.SealAsync(EncryptedData.Whole));

        Assert.Equal($"The message stay.booked.v1 1 could not be encrypted: {_it.KeyArn} made no data key for stay.booked.v1: DisabledException. Enable the key. Nothing was sent.", error.Message);
    }

    [Fact]
    public async Task A_consumer_without_the_right_to_the_key_makes_a_dead_letter_that_says_what_to_allow()
    {
        var body = await _it.SealAsync(EncryptedData.Whole);
        using var stranger = _it.NewEncryption(kms: await StrangerAsync());

        Assert.Equal($"{_it.KeyArn} did not open the data key of the message: AccessDeniedException. Allow kms:Decrypt on it.", await _it.DeathAsync(body, _it.Consumer(reader: stranger)));
    }

    [Fact]
    public async Task A_key_that_the_consumer_does_not_name_is_not_even_asked_for()
    {
        var body = await _it.SealAsync(EncryptedData.Whole);
        var other = await _it.NewKeyAsync();
        using var narrow = _it.NewEncryption(options => options with { KeyArn = other });
        using var wide = _it.NewEncryption(options => options with { KeyArn = other, AlsoReads = [_it.KeyArn] });

        Assert.StartsWith("The data is encrypted by another key than this consumer reads with.", await _it.DeathAsync(body, _it.Consumer(reader: narrow)), StringComparison.Ordinal);
        Assert.Equal(0, _it.Calls("Decrypt"));
        Assert.Equal(Verdict.Done, await _it.HandleAsync(body, _it.Consumer(reader: wide)));
    }

    [Fact]
    public async Task A_consumer_without_any_key_makes_a_dead_letter_that_says_what_to_set()
    {
        var body = await _it.SealAsync(EncryptedData.Whole);
        var consumer = new Consumer("tests", _it.Log).On(EncryptionUnderTest.Type, StayJson.Default.Stay, (_, _) => Task.FromResult(Verdict.Done));

        Assert.Equal("The data is encrypted, and tests has no key to read with. Set Consumer.Encryption.", await _it.DeathAsync(body, consumer));
    }

    [Theory]
    [InlineData(FaultKind.Unavailable)]
    [InlineData(FaultKind.Throttle)]
    [InlineData(FaultKind.InternalError)]
    public async Task While_KMS_is_away_the_message_comes_back_and_the_next_try_asks_again(FaultKind kind)
    {
        var body = await _it.SealAsync(EncryptedData.Whole);
        _it.Cloud.Server.SetFaults(new() { Rules = [new() { Service = "kms", Action = "*", Kind = kind }] });
        var consumer = _it.Consumer();

        var verdict = Assert.IsType<Verdict.Retried>(await _it.HandleAsync(body, consumer));

        Assert.False(verdict.Counts);
        _it.Cloud.Server.SetFaults(null);
        Assert.Equal(Verdict.Done, await _it.HandleAsync(body, consumer));
    }

    [Fact]
    public async Task A_KMS_that_does_not_answer_is_given_up()
    {
        _it.Cloud.Server.SetFaults(new() { Rules = [new() { Service = "kms", Kind = FaultKind.Slow, Delay = TimeSpan.FromMinutes(15) }] });
        var sealing = _it.SealAsync(EncryptedData.Whole);

        while (!sealing.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Ct);
        }

        Assert.Contains("KMS did not answer in time.", (await Assert.ThrowsAsync<PayloadException>(() => sealing)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_zeroed_when_it_is_dropped_and_nobody_uses_it_any_more()
    {
        using var cache = new DataKeyCache(TimeSpan.FromMinutes(1), mostUses: 100, mostKeys: 2, _time);
        var first = await HoldAsync("first");
        first.Release();
        Assert.Same(first, await HoldAsync("first"));

        _time.Advance(TimeSpan.FromMinutes(1));
        var second = await HoldAsync("second");
        Assert.False(first.IsZeroed);
        first.Release();
        Assert.True(first.IsZeroed);
        Assert.False(first.TryHold());

        second.Release();
        await HoldAsync("third");
        Assert.False(second.IsZeroed);
        await HoldAsync("fourth");
        Assert.True(second.IsZeroed);

        ValueTask<DataKey> HoldAsync(string name) =>
            cache.HoldAsync(name, 1, () => Task.FromResult(new DataKey(new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]), "key", name)), Ct);
    }

    [Fact]
    public async Task A_waiter_that_is_cancelled_takes_nobody_along()
    {
        using var cache = new DataKeyCache(TimeSpan.FromMinutes(1), mostUses: 100, mostKeys: 2, _time);
        using var cancelled = new CancellationTokenSource();
        var loading = new TaskCompletionSource<DataKey>();
        var (impatient, patient) = (cache.HoldAsync("key", 1, () => loading.Task, cancelled.Token).AsTask(), cache.HoldAsync("key", 1, () => loading.Task, Ct).AsTask());

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        loading.SetResult(new(new(new byte[32]), "key", "wrapped"));

        (await patient).Release();
    }

    public async ValueTask DisposeAsync() => await _it.DisposeAsync();

    // A user of the account to whom no policy gives anything.
    private async Task<Amazon.KeyManagementService.AmazonKeyManagementServiceClient> StrangerAsync()
    {
        using var http = new HttpClient();
        await IamAsync("CreateUser");
        var answer = await IamAsync("CreateAccessKey");
        return _it.NewKms(Between("AccessKeyId"), Between("SecretAccessKey"));

        string Between(string name) => answer.Split($"<{name}>")[1].Split('<')[0];

        async Task<string> IamAsync(string action)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _it.Cloud.Server.Endpoint)
            {
                Content = new FormUrlEncodedContent([new("Action", action), new("Version", "2010-05-08"), new("UserName", "stranger")]),
            };
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20261120/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0");
            using var response = await http.SendAsync(request, Ct);
            return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Ct);
        }
    }
}
