using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Kms;

/// <summary>KMS as raw HTTP.</summary>
internal static class KmsClient
{
    /// <summary>An operation that fails throws.</summary>
    public static async Task<JsonObject> KmsAsync(this TestCloud cloud, string action, JsonObject input)
    {
        var (status, answer) = await RawAsync(cloud, action, input.ToJsonString());
        return status == 200 ? answer : throw new InvalidOperationException($"{action}: {answer.ToJsonString()}");
    }

    /// <summary>Gives the type of the error that is expected.</summary>
    public static async Task<string> KmsErrorAsync(this TestCloud cloud, string action, JsonObject input)
    {
        var (status, answer) = await RawAsync(cloud, action, input.ToJsonString());
        Assert.True(status == 400, $"{action} gave {status} {answer.ToJsonString()}");
        return (string)answer["__type"]!;
    }

    public static async Task<(int Status, JsonObject Answer)> RawAsync(TestCloud cloud, string action, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint) { Content = new StringContent(body, new MediaTypeHeaderValue("application/x-amz-json-1.1")) };
        request.Headers.Add("X-Amz-Target", "TrentService." + action);
        request.Headers.TryAddWithoutValidation("Authorization", TestCloud.Root("kms"));
        using var response = await cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject());
    }

    public static async Task<string> CreateKeyAsync(this TestCloud cloud, JsonObject? input = null) =>
        (string)(await cloud.KmsAsync("CreateKey", input ?? []))["KeyMetadata"]!["KeyId"]!;

    public static async Task<JsonObject> DescribeKeyAsync(this TestCloud cloud, string key) =>
        (await cloud.KmsAsync("DescribeKey", new() { ["KeyId"] = key }))["KeyMetadata"]!.AsObject();

    /// <summary>Gives the blob.</summary>
    public static async Task<string> EncryptAsync(this TestCloud cloud, string key, string text, JsonObject? context = null) => (string)(await cloud.KmsAsync(
        "Encrypt", new() { ["KeyId"] = key, ["Plaintext"] = Base64(text), ["EncryptionContext"] = context ?? [] }))["CiphertextBlob"]!;

    public static async Task<string> DecryptAsync(this TestCloud cloud, string blob) =>
        Encoding.UTF8.GetString(Convert.FromBase64String((string)(await cloud.KmsAsync("Decrypt", new() { ["CiphertextBlob"] = blob }))["Plaintext"]!));

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
