using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Aws.Signing;

namespace LocalCloud.Tests.S3;

/// <summary>S3 as raw HTTP: signed by the key that may do everything, with the path exactly as given.</summary>
internal sealed class S3Client(TestCloud cloud)
{
    // Some clients send metadata as UTF-8, which HttpClient does only when told.
    private static readonly HttpClient Client = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8, UseProxy = false });

    public static async Task<(TestCloud Cloud, S3Client S3)> StartAsync(string bucket = "bucket")
    {
        var cloud = await TestCloud.StartAsync();
        var s3 = new S3Client(cloud);
        Assert.Equal(200, (await s3.SendAsync("PUT", "/" + bucket)).Status);
        return (cloud, s3);
    }

    public Task<S3Response> PutAsync(string path, string body, params (string Name, string Value)[] headers) => SendAsync("PUT", path, Encoding.UTF8.GetBytes(body), headers);

    public Task<S3Response> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    /// <summary>The keys of a listing.</summary>
    public async Task<string[]> KeysAsync(string path) => [.. (await GetAsync(path)).Xml.Elements("Contents").Select(item => item.Element("Key")!.Value)];

    public async Task<S3Response> SendAsync(string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        Uri.TryCreate(cloud.Endpoint.GetLeftPart(UriPartial.Authority) + path, options, out var uri);
        using var request = new HttpRequestMessage(new HttpMethod(method), uri) { Content = body is null ? null : new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        Sign(request, body ?? []);
        return await S3Response.ReadAsync(await Client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>Without a signature, as a browser sends it.</summary>
    public async Task<S3Response> AnonymousAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(cloud.Endpoint, path));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await S3Response.ReadAsync(await Client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    private static void Sign(HttpRequestMessage request, byte[] body)
    {
        if (!request.Headers.TryGetValues("x-amz-content-sha256", out var given))
        {
            request.Headers.Add("x-amz-content-sha256", Convert.ToHexStringLower(SHA256.HashData(body)));
        }

        var payload = request.Headers.GetValues("x-amz-content-sha256").Single();
        var time = SigV4.FormatTime(DateTimeOffset.UtcNow);
        request.Headers.Add("x-amz-date", time);
        List<KeyValuePair<string, string>> headers =
            [new("host", request.Headers.Host ?? request.RequestUri!.Authority), new("x-amz-content-sha256", payload), new("x-amz-date", time)];
        var target = request.RequestUri!.PathAndQuery.Split('?', 2);
        request.Headers.TryAddWithoutValidation("Authorization", SigV4.Authorization(
            SigV4Key.Derive("test", "test", time[..8], "us-east-1", "s3"), time, request.Method.Method,
            Uri.UnescapeDataString(target[0]), target.Length > 1 ? target[1] : "", [.. headers], payload, normalize: false));
    }
}

internal sealed record S3Response(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Without namespaces, so that tests can name elements as the documentation does.</summary>
    public XElement Xml => Plain(XElement.Parse(Text, LoadOptions.PreserveWhitespace));

    /// <summary>Status and code of an error.</summary>
    public (int Status, string? Code) Error => (Status, Body.Length == 0 ? null : Xml.Element("Code")?.Value);

    public string? this[string header] => Headers.GetValueOrDefault(header);

    public static async Task<S3Response> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            return new((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    private static XElement Plain(XElement element) =>
        new(element.Name.LocalName, element.HasElements ? element.Elements().Select(Plain) : element.Value);
}
