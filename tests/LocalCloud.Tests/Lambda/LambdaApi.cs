using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;

namespace LocalCloud.Tests.Lambda;

/// <summary>Raw calls of Lambda's API, signed as a client signs them.</summary>
internal sealed class LambdaApi(Uri endpoint) : IDisposable
{
    public const string Role = "arn:aws:iam::000000000000:role/worker";

    private readonly HttpClient _http = new();

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string body = "", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(endpoint, path)) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Signature.Add(request, Encoding.UTF8.GetBytes(body), "lambda", "us-east-1", AccessKey.Test);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>An operation that is expected to work.</summary>
    public async Task<JsonObject> CallAsync(HttpMethod method, string path, string body = "")
    {
        using var response = await SendAsync(method, path, body.Replace('\'', '"'));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>An operation that is expected to fail: its status, error type and message.</summary>
    public async Task<(int Status, string Type, string Message)> ErrorAsync(HttpMethod method, string path, string body = "")
    {
        using var response = await SendAsync(method, path, body.Replace('\'', '"'));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.False(response.IsSuccessStatusCode, text);
        return ((int)response.StatusCode, response.Headers.GetValues("x-amzn-ErrorType").Single(), JsonNode.Parse(text)!["Message"]!.GetValue<string>());
    }

    /// <summary>The role of the functions here, which may do everything that a function of these tests does.</summary>
    public async Task CreateRoleAsync(string name = "worker", string trusted = "lambda.amazonaws.com")
    {
        var trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"" + trusted + "\"},\"Action\":\"sts:AssumeRole\"}]}";
        using var iam = new ServiceClient(endpoint, "us-east-1", AccessKey.Test);
        await iam.IamAsync("CreateRole", [("RoleName", name), ("AssumeRolePolicyDocument", trust)], TestContext.Current.CancellationToken);
        await iam.IamAsync("AttachRolePolicy", [("RoleName", name), ("PolicyArn", "arn:aws:iam::aws:policy/AmazonSQSFullAccess")], TestContext.Current.CancellationToken);
    }

    public Task<JsonObject> CreateAsync(string name, string more = "", string runtime = "dotnet10", string handler = "TestFunction") =>
        CallAsync(HttpMethod.Post, "/2015-03-31/functions", Function(name, more, runtime, handler));

    public static string Function(string name, string more = "", string runtime = "dotnet10", string handler = "TestFunction", byte[]? zip = null) =>
        $"{{'FunctionName':'{name}','Runtime':'{runtime}','Role':'{Role}','Handler':'{handler}','Timeout':20,'Code':{{'ZipFile':'{Convert.ToBase64String(zip ?? Package())}'}}{more}}}";

    public Task<HttpResponseMessage> InvokeAsync(string name, string payload, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, $"/2015-03-31/functions/{name}/invocations", payload.Replace('\'', '"'), headers);

    public static async Task<string> TextAsync(HttpResponseMessage response) => await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>tests/TestFunction as a package.</summary>
    public static byte[] Package() => Zip([.. Directory.EnumerateFiles(Path.GetDirectoryName(TestFunctions.Assembly)!)
        .Where(file => file.EndsWith(".dll", StringComparison.Ordinal) || file.EndsWith(".runtimeconfig.json", StringComparison.Ordinal))
        .Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))]);

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }

    public void Dispose() => _http.Dispose();
}
