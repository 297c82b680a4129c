using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Email;

/// <summary>SES v2 and the mailbox as raw HTTP.</summary>
internal static class SesClient
{
    public static async Task<(int Status, string? Error, JsonNode Answer)> SesAsync(this TestCloud cloud, HttpMethod method, string path, string body = "")
    {
        using var request = new HttpRequestMessage(method, new Uri(cloud.Endpoint, path)) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        request.Headers.TryAddWithoutValidation("Authorization", TestCloud.Root("ses"));
        using var response = await cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var error = response.Headers.TryGetValues("x-amzn-ErrorType", out var values) ? values.Single() : null;
        return ((int)response.StatusCode, error, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    /// <summary>Gives the error that is expected, or null.</summary>
    public static async Task<string?> SendMailAsync(this TestCloud cloud, string body) => (await cloud.SesAsync(HttpMethod.Post, "/v2/email/outbound-emails", body)).Error;

    /// <summary>Sends a raw message and gives what the mailbox makes of it.</summary>
    public static async Task<LocalCloud.Email.Mail> RawAsync(this TestCloud cloud, string mime)
    {
        var data = Convert.ToBase64String(System.Text.Encoding.Latin1.GetBytes(mime.ReplaceLineEndings("\r\n")));
        Assert.Null(await cloud.SendMailAsync($$$"""{"FromEmailAddress":"a@example.com","Destination":{"ToAddresses":["b@example.com"]},"Content":{"Raw":{"Data":"{{{data}}}"} } }"""));
        return cloud.Mailbox.Mails[^1];
    }
}
