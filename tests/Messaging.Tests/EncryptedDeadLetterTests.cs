using System.Text.Json.Nodes;
using Messaging.Consuming;
using Messaging.Encryption;
using Messaging.Publishing;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Encrypted messages that could not be published, and what an operator may do with them.</summary>
public sealed class EncryptedDeadLetterTests(PostgresFixture postgres) : IAsyncLifetime
{
    private EncryptionUnderTest _it = null!;
    private DeadLetterDesk _desk = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (_it, _desk) = (await EncryptionUnderTest.StartAsync(), await DeadLetterDesk.OpenAsync(postgres));

    [Fact]
    public async Task An_edit_may_not_put_into_the_clear_what_was_encrypted()
    {
        var (clear, encrypted) = await ParkAsync();
        var letter = await _desk.FindAsync("1");

        var error = await Assert.ThrowsAsync<ArgumentException>(() => _desk.Letters.EditAsync(letter, clear.Body, "anna", null, Ct));

        Assert.StartsWith("The new body of message 1 to events is not encrypted as the old one is", error.Message, StringComparison.Ordinal);
        Assert.Equal(encrypted.Body, await _desk.Letters.InspectAsync(letter, "anna", null, Ct));
    }

    [Fact]
    public async Task An_edit_may_not_put_a_clear_value_in_the_place_of_an_encrypted_one()
    {
        var (_, encrypted) = await ParkAsync();
        var body = JsonNode.Parse(encrypted.Body)!;
        body["data"]!["guest"]!["name"] = "Ada Lovelace";

        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await _desk.Letters.EditAsync(await _desk.FindAsync("1"), body.ToJsonString(), "anna", null, Ct));

        Assert.Contains("keep its extensions dataencryption… and the encrypted values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_may_not_take_the_place_of_a_pointer_whose_payload_may_be_encrypted()
    {
        var clear = EncryptionUnderTest.Message(null) with { Destinations = ["events"] };
        await _desk.ParkAsync(clear with { Body = """["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"payloads","s3Key":"payloads/1"}]""" });

        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await _desk.Letters.EditAsync(await _desk.FindAsync("1"), clear.Body, "anna", null, Ct));

        Assert.Contains("a pointer to a payload in S3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_may_change_the_members_that_are_in_the_clear_and_the_others_still_open()
    {
        var (_, encrypted) = await ParkAsync();

        await _desk.Letters.EditAsync(await _desk.FindAsync("1"), encrypted.Body.Replace("alpha", "omega", StringComparison.Ordinal), "anna", null, Ct);

        var body = await _desk.Letters.InspectAsync(await _desk.FindAsync("1"), "anna", null, Ct);
        Assert.Equal(Verdict.Done, await _it.HandleAsync(body!));
        Assert.Equivalent(EncryptionUnderTest.Stay with { Hotel = "omega" }, Assert.Single(_it.Got).Data);
    }

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _it.DisposeAsync();
    }

    private async Task<(OutgoingMessage Clear, OutgoingMessage Encrypted)> ParkAsync()
    {
        var clear = EncryptionUnderTest.Message(EncryptedData.Members("guest.name")) with { Destinations = ["events"] };
        var encrypted = await _it.Sender.PrepareAsync(clear, Ct);
        await _desk.ParkAsync(encrypted);
        return (clear, encrypted);
    }
}
