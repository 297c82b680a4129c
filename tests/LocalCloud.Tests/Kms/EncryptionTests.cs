using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Kms;

public class EncryptionTests
{
    [Fact]
    public async Task A_ciphertext_finds_its_key_and_its_context_in_any_order()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();

        var blob = await cloud.EncryptAsync(key, "secret", new() { ["b"] = "2", ["a"] = "1" });
        var answer = await cloud.KmsAsync("Decrypt", new() { ["CiphertextBlob"] = blob, ["EncryptionContext"] = new JsonObject { ["a"] = "1", ["b"] = "2" } });

        Assert.Equal(KmsClient.Base64("secret"), (string)answer["Plaintext"]!);
        Assert.Equal($"arn:aws:kms:us-east-1:000000000000:key/{key}", (string)answer["KeyId"]!);
        Assert.NotEqual(blob, await cloud.EncryptAsync(key, "secret", new() { ["b"] = "2", ["a"] = "1" }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"a":"2"}""")]
    [InlineData("""{"a":"1","b":"2"}""")]
    [InlineData("""{"1":"a"}""")]
    public async Task Another_context_does_not_decrypt(string? context)
    {
        await using var cloud = await TestCloud.StartAsync();
        var blob = await cloud.EncryptAsync(await cloud.CreateKeyAsync(), "secret", new() { ["a"] = "1" });

        var error = await cloud.KmsErrorAsync("Decrypt", new() { ["CiphertextBlob"] = blob, ["EncryptionContext"] = context is null ? null : JsonNode.Parse(context) });

        Assert.Equal("InvalidCiphertextException", error);
    }

    [Fact]
    public async Task A_changed_byte_anywhere_does_not_decrypt()
    {
        await using var cloud = await TestCloud.StartAsync();
        var blob = Convert.FromBase64String(await cloud.EncryptAsync(await cloud.CreateKeyAsync(), "secret"));

        for (var i = 0; i < blob.Length; i++)
        {
            byte[] changed = [.. blob];
            changed[i] ^= 1;
            var error = await cloud.KmsErrorAsync("Decrypt", new() { ["CiphertextBlob"] = Convert.ToBase64String(changed) });
            // A changed key id names a key that does not exist.
            Assert.Equal(i is >= 1 and <= 16 ? "AccessDeniedException" : "InvalidCiphertextException", error);
        }
    }

    [Fact]
    public async Task Garbage_is_no_ciphertext_and_another_key_is_the_wrong_one()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (key, other) = (await cloud.CreateKeyAsync(), await cloud.CreateKeyAsync());
        var blob = await cloud.EncryptAsync(key, "secret");

        Assert.Equal("InvalidCiphertextException", await cloud.KmsErrorAsync("Decrypt", new() { ["CiphertextBlob"] = KmsClient.Base64("garbage") }));
        Assert.Equal("IncorrectKeyException", await cloud.KmsErrorAsync("Decrypt", new() { ["CiphertextBlob"] = blob, ["KeyId"] = other }));
        Assert.Equal("IncorrectKeyException", await cloud.KmsErrorAsync("ReEncrypt", new() { ["CiphertextBlob"] = blob, ["SourceKeyId"] = other, ["DestinationKeyId"] = key }));
    }

    [Fact]
    public async Task A_data_key_comes_in_clear_and_encrypted()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();

        var spec = await cloud.KmsAsync("GenerateDataKey", new() { ["KeyId"] = key, ["KeySpec"] = "AES_256" });
        var number = await cloud.KmsAsync("GenerateDataKey", new() { ["KeyId"] = key, ["NumberOfBytes"] = 1024 });
        var without = await cloud.KmsAsync("GenerateDataKeyWithoutPlaintext", new() { ["KeyId"] = key, ["KeySpec"] = "AES_128" });

        Assert.Equal(32, Convert.FromBase64String((string)spec["Plaintext"]!).Length);
        Assert.Equal(1024, Convert.FromBase64String((string)number["Plaintext"]!).Length);
        Assert.Null(without["Plaintext"]);
        var opened = await cloud.KmsAsync("Decrypt", new() { ["CiphertextBlob"] = (string)spec["CiphertextBlob"]!, ["KeyId"] = key });
        Assert.Equal((string)spec["Plaintext"]!, (string)opened["Plaintext"]!);
        opened = await cloud.KmsAsync("Decrypt", new() { ["CiphertextBlob"] = (string)without["CiphertextBlob"]! });
        Assert.Equal(16, Convert.FromBase64String((string)opened["Plaintext"]!).Length);
    }

    [Fact]
    public async Task ReEncrypt_moves_a_ciphertext_to_another_key_and_context()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (from, to) = (await cloud.CreateKeyAsync(), await cloud.CreateKeyAsync());
        var blob = await cloud.EncryptAsync(from, "secret", new() { ["a"] = "1" });

        var moved = await cloud.KmsAsync("ReEncrypt", new() { ["CiphertextBlob"] = blob, ["SourceEncryptionContext"] = new JsonObject { ["a"] = "1" }, ["DestinationKeyId"] = to });

        Assert.EndsWith(from, (string)moved["SourceKeyId"]!, StringComparison.Ordinal);
        Assert.EndsWith(to, (string)moved["KeyId"]!, StringComparison.Ordinal);
        Assert.Equal("secret", await cloud.DecryptAsync((string)moved["CiphertextBlob"]!));
    }

    [Theory]
    [InlineData("Encrypt", """{"Plaintext":"QQ=="}""", "ValidationException")]
    [InlineData("Encrypt", """{"KeyId":"KEY","Plaintext":""}""", "ValidationException")]
    [InlineData("Encrypt", """{"KeyId":"KEY","Plaintext":"?"}""", "SerializationException")]
    [InlineData("Encrypt", """{"KeyId":7,"Plaintext":"QQ=="}""", "SerializationException")]
    [InlineData("Encrypt", """{"KeyId":"KEY","Plaintext":"QQ==","EncryptionAlgorithm":"RSAES_OAEP_SHA_1"}""", "InvalidKeyUsageException")]
    [InlineData("Encrypt", """{"KeyId":"KEY","Plaintext":"QQ==","EncryptionAlgorithm":"ROT13"}""", "ValidationException")]
    [InlineData("Encrypt", """{"KeyId":"KEY","Plaintext":"QQ==","DryRun":true}""", "DryRunOperationException")]
    [InlineData("Encrypt", """{"KeyId":"KEY","Plaintext":"QQ==","GrantTokens":["x"]}""", "InvalidGrantTokenException")]
    [InlineData("Encrypt", """{"KeyId":"alias/nobody","Plaintext":"QQ=="}""", "NotFoundException")]
    [InlineData("Encrypt", """{"KeyId":"00000000-0000-0000-0000-000000000000","Plaintext":"QQ=="}""", "NotFoundException")]
    [InlineData("Encrypt", """{"KeyId":"arn:aws:kms:us-west-2:000000000000:key/KEY","Plaintext":"QQ=="}""", "NotFoundException")]
    [InlineData("Decrypt", "{}", "ValidationException")]
    [InlineData("GenerateDataKey", """{"KeyId":"KEY"}""", "ValidationException")]
    [InlineData("GenerateDataKey", """{"KeyId":"KEY","KeySpec":"AES_256","NumberOfBytes":32}""", "ValidationException")]
    [InlineData("GenerateDataKey", """{"KeyId":"KEY","NumberOfBytes":1025}""", "ValidationException")]
    [InlineData("GenerateDataKey", """{"KeyId":"KEY","KeySpec":"DES"}""", "ValidationException")]
    [InlineData("GenerateRandom", """{"NumberOfBytes":0}""", "ValidationException")]
    [InlineData("Sign", "{}", "UnknownOperationException")]
    [InlineData("Encrypt", "[]", "SerializationException")]
    [InlineData("Encrypt", """{"KeyId":"\ud800","Plaintext":"QQ=="}""", "SerializationException")]
    [InlineData("Encrypt", "{", "SerializationException")]
    public async Task A_bad_request_has_the_error_of_the_service(string action, string body, string error)
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();

        var (status, answer) = await KmsClient.RawAsync(cloud, action, body.Replace("KEY", key, StringComparison.Ordinal));

        Assert.Equal((400, error), (status, (string)answer["__type"]!));
    }

    [Fact]
    public async Task Plaintext_has_4096_bytes_and_a_context_8192()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();

        Assert.Equal(4096, (await cloud.DecryptAsync(await cloud.EncryptAsync(key, new string('x', 4096)))).Length);
        Assert.Equal("ValidationException", await cloud.KmsErrorAsync("Encrypt", new() { ["KeyId"] = key, ["Plaintext"] = KmsClient.Base64(new string('x', 4097)) }));
        await cloud.EncryptAsync(key, "x", new() { ["a"] = new string('b', 8191) });
        Assert.Equal("ValidationException", await cloud.KmsErrorAsync(
            "Encrypt", new() { ["KeyId"] = key, ["Plaintext"] = "QQ==", ["EncryptionContext"] = new JsonObject { ["a"] = new string('b', 8192) } }));
    }
}
