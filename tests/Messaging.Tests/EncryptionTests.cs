using System.Text.Json.Nodes;
using Messaging.Consuming;
using Messaging.Encryption;
using Messaging.Publishing;

namespace Messaging.Tests;

/// <summary>Messages whose data only those can read who may use a key.</summary>
public sealed class EncryptionTests : IAsyncLifetime
{
    private static readonly EncryptedData Guest = EncryptedData.Members("guest.name", "guest.email", "others.name");
    private EncryptionUnderTest _it = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _it = await EncryptionUnderTest.StartAsync();

    [Fact]
    public async Task Whole_data_reaches_its_handler_and_nothing_of_it_is_in_the_body()
    {
        var body = await _it.SealAsync(EncryptedData.Whole);

        Assert.DoesNotContain("ecret", body, StringComparison.Ordinal);
        Assert.DoesNotContain("alpha", body, StringComparison.Ordinal);
        var json = JsonNode.Parse(body)!;
        Assert.Equal(
            ("A256GCM", _it.KeyArn, "1", EncryptionUnderTest.Type, "/tests", "key"),
            ((string?)json["dataencryption"], (string?)json["dataencryptionkeyid"], (string?)json["id"], (string?)json["type"], (string?)json["source"], (string?)json["partitionkey"]));
        Assert.Equal(Verdict.Done, await _it.HandleAsync(body));
        Assert.Equivalent(EncryptionUnderTest.Stay, Assert.Single(_it.Got).Data);
    }

    [Fact]
    public async Task Named_members_are_encrypted_each_and_the_others_stay_readable()
    {
        var body = await _it.SealAsync(Guest);

        var data = JsonNode.Parse(body)!["data"]!;
        Assert.Equal(("alpha", null, "cy@secret.example"), ((string?)data["hotel"], (string?)data["others"]![0]!["email"], (string?)data["others"]![1]!["email"]));
        Assert.DoesNotContain("Ada", body, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob", body, StringComparison.Ordinal);
        Assert.Equal("guest.name,guest.email,others.name", (string?)JsonNode.Parse(body)!["dataencryptedmembers"]);
        Assert.Equal(Verdict.Done, await _it.HandleAsync(body));
        Assert.Equivalent(EncryptionUnderTest.Stay, Assert.Single(_it.Got).Data);
    }

    [Fact]
    public async Task An_encrypted_payload_of_a_MiB_goes_through_S3_and_nothing_of_it_is_in_the_bucket()
    {
        await using var cloud = await PayloadCloud.StartAsync();
        var queue = await cloud.QueueAsync("stays");
        var name = new string('x', 1_024 * 1_024);
        var message = EncryptionUnderTest.Message(EncryptedData.Whole, stay: EncryptionUnderTest.Stay with { Hotel = name });

        await cloud.SendAsync(message, new PrepareMessage(_it.Sender.PrepareAsync).Then(cloud.Bucket.PrepareAsync));

        using var stored = await cloud.S3.GetObjectAsync(PayloadCloud.BucketName, Assert.Single(await cloud.KeysAsync()), Ct);
        using var text = new StreamReader(stored.ResponseStream);
        Assert.DoesNotContain("xxxxxxxxxx", await text.ReadToEndAsync(Ct), StringComparison.Ordinal);
        var got = new List<string>();
        var consumer = new Consumer("tests", _it.Log) { Payloads = cloud.Bucket, Encryption = _it.Reader }.On(EncryptionUnderTest.Type, StayJson.Default.Stay, (received, _) =>
        {
            got.Add(received.Data.Hotel);
            return Task.FromResult(Verdict.Done);
        });
        Assert.Equal(0, await cloud.HandleAsync(queue, consumer));
        Assert.Equal(name, Assert.Single(got));
    }

    [Fact]
    public async Task A_null_on_the_way_is_no_fault_and_a_null_at_the_end_is_hidden_too()
    {
        var what = EncryptedData.Members("others.email");

        var body = await _it.SealAsync(what);

        Assert.Equal(44, ((string?)JsonNode.Parse(body)!["data"]!["others"]![0]!["email"])!.Length);
        Assert.Equal(Verdict.Done, await _it.HandleAsync(body));
        Assert.Equivalent(EncryptionUnderTest.Stay, Assert.Single(_it.Got).Data);
        await _it.Sender.PrepareAsync(EncryptionUnderTest.Message(what, stay: EncryptionUnderTest.Stay with { Others = [] }), Ct);
    }

    [Fact]
    public async Task A_path_that_leads_nowhere_is_refused_and_nothing_leaves_in_the_clear()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => _it.SealAsync(EncryptedData.Members("guest.name", "guest.mail")));

        Assert.StartsWith("The message stay.booked.v1 1 has no member guest.mail to encrypt. Correct the path in its contract", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("guest", "guest.name")]
    [InlineData("guest.name", "GUEST.name")]
    [InlineData("guest..name")]
    [InlineData("guest,name")]
    [InlineData("")]
    [InlineData("$.guest")]
    public void A_list_that_no_envelope_could_carry_is_refused(params string[] paths) => Assert.Throws<ArgumentException>(() => EncryptedData.Members(paths));

    [Fact]
    public async Task A_message_that_must_be_encrypted_is_never_sent_as_it_is()
    {
        var message = EncryptionUnderTest.Message(Guest);

        var error = Assert.Throws<ArgumentException>(() => message.ToOutbound());
        Assert.Throws<ArgumentException>(() => message.RefuseUnlessPrepared(1_000_000));

        Assert.StartsWith("The message stay.booked.v1 1 must be encrypted, and nobody did.", error.Message, StringComparison.Ordinal);
        Assert.Equal("stay.booked.v1 1", $"{message}");
        Assert.NotEmpty((await _it.Sender.PrepareAsync(message, Ct)).ToOutbound().Body);
    }

    [Fact]
    public async Task A_route_that_demands_encryption_refuses_what_is_in_the_clear()
    {
        var clear = EncryptionUnderTest.Message(null).Body;
        var some = await _it.SealAsync(EncryptedData.Members("guest.name"));

        Assert.Equal("tests takes 'stay.booked.v1' only with all its data encrypted, and that is in the clear.", await _it.DeathAsync(clear, _it.Consumer(EncryptedData.Whole)));
        Assert.Equal("tests takes 'stay.booked.v1' only with guest.name,guest.email,others.name encrypted, and that is in the clear.", await _it.DeathAsync(clear, _it.Consumer(Guest)));
        await _it.DeathAsync(some, _it.Consumer(Guest));
        await _it.DeathAsync(some, _it.Consumer(EncryptedData.Whole));
        Assert.Equal(Verdict.Done, await _it.HandleAsync(await _it.SealAsync(Guest), _it.Consumer(EncryptedData.Members("guest.name"))));
        Assert.Equal(Verdict.Done, await _it.HandleAsync(await _it.SealAsync(EncryptedData.Whole), _it.Consumer(Guest)));
    }

    [Theory]
    [InlineData("\"id\":\"1\"", "\"id\":\"2\"")]
    [InlineData("\"source\":\"/tests\"", "\"source\":\"/other\"")]
    [InlineData("\"dataencryptedmembers\":\"guest.name,guest.email,others.name\"", "\"dataencryptedmembers\":\"guest.name,guest.email\"")]
    [InlineData("\"hotel\":\"alpha\"", "\"GUEST\":{\"Name\":\"Mallory\",\"email\":null}")]
    [InlineData("\"hotel\":\"alpha\"", "\"guest\":{\"name\":\"Mallory\"}")]
    public async Task What_was_changed_around_it_makes_a_dead_letter(string was, string becomes)
    {
        var body = await _it.SealAsync(Guest);
        Assert.Contains(was, body, StringComparison.Ordinal);

        Assert.Contains("was changed, or is of another message or place.", await _it.DeathAsync(body.Replace(was, becomes, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(-1)]
    public async Task Each_flipped_bit_of_nonce_ciphertext_or_tag_makes_a_dead_letter(int place)
    {
        var json = JsonNode.Parse(await _it.SealAsync(EncryptedData.Whole))!;
        var bytes = Convert.FromBase64String((string)json["data"]!);
        bytes[place < 0 ? ^-place : place] ^= 1;
        json["data"] = Convert.ToBase64String(bytes);

        Assert.Equal("The encrypted data at $ was changed, or is of another message or place.", await _it.DeathAsync(json.ToJsonString()));
    }

    [Fact]
    public async Task A_value_opens_in_no_other_place_and_in_no_other_message()
    {
        var (one, two) = (JsonNode.Parse(await _it.SealAsync(Guest, "1"))!, JsonNode.Parse(await _it.SealAsync(Guest, "2"))!);
        Assert.Equal((string?)one["dataencryptionkey"], (string?)two["dataencryptionkey"]);
        var moved = one.DeepClone();
        (moved["data"]!["guest"]!["name"], moved["data"]!["guest"]!["email"]) = (one["data"]!["guest"]!["email"]!.DeepClone(), one["data"]!["guest"]!["name"]!.DeepClone());
        two["data"] = one["data"]!.DeepClone();

        Assert.StartsWith("The encrypted data at guest.name was changed", await _it.DeathAsync(moved.ToJsonString()), StringComparison.Ordinal);
        Assert.StartsWith("The encrypted data at guest.name was changed", await _it.DeathAsync(two.ToJsonString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_key_that_was_changed_or_is_of_another_type_is_not_opened()
    {
        var changed = JsonNode.Parse(await _it.SealAsync(EncryptedData.Whole))!;
        var key = Convert.FromBase64String((string)changed["dataencryptionkey"]!);
        key[^1] ^= 1;
        changed["dataencryptionkey"] = Convert.ToBase64String(key);
        var foreign = (await _it.Sender.PrepareAsync(EncryptionUnderTest.Message(EncryptedData.Whole, type: "stay.other.v1"), Ct)).Body.Replace("stay.other.v1", EncryptionUnderTest.Type, StringComparison.Ordinal);

        Assert.EndsWith("It was made by another key, for another type, or was changed.", await _it.DeathAsync(changed.ToJsonString()), StringComparison.Ordinal);
        Assert.EndsWith("It was made by another key, for another type, or was changed.", await _it.DeathAsync(foreign), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dataencryption")]
    [InlineData("dataencryptionkey")]
    [InlineData("dataencryptionkeyid")]
    public async Task An_envelope_that_lost_one_of_its_encryption_attributes_is_undecodable(string attribute)
    {
        var json = JsonNode.Parse(await _it.SealAsync(EncryptedData.Whole))!;
        json.AsObject().Remove(attribute);

        Assert.Equal($"The attribute {attribute} is missing.", await _it.DeathAsync(json.ToJsonString()));
    }

    public async ValueTask DisposeAsync() => await _it.DisposeAsync();
}
