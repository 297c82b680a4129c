using System.Net.Http.Headers;
using System.Text;

namespace LocalCloud.Tests.Email;

public class SendEmailTests
{
    [Fact]
    public async Task A_mail_lands_in_the_mailbox_with_all_recipients_and_tags()
    {
        await using var cloud = await TestCloud.StartAsync();

        var status = await SendAsync(cloud, """
            {"FromEmailAddress":"hotel@example.com","Destination":{"ToAddresses":["guest@example.com"],"BccAddresses":["desk@example.com"]},
             "Content":{"Simple":{"Subject":{"Data":"Your booking"},"Body":{"Text":{"Data":"héllo"},"Html":{"Data":"<p>héllo</p>"}}}},
             "EmailTags":[{"Name":"booking","Value":"42"}]}
            """);

        var mail = Assert.Single(cloud.Mailbox.Mails);
        Assert.Equal(200, status);
        Assert.Equal(["guest@example.com", "desk@example.com"], mail.To);
        Assert.Equal(("hotel@example.com", "Your booking", "héllo", "<p>héllo</p>"), (mail.From, mail.Subject, mail.Text, mail.Html));
        Assert.Equal("42", mail.Tags["booking"]);
        Assert.Equal(cloud.Time.GetUtcNow(), mail.At);
    }

    [Fact]
    public async Task A_raw_mail_is_read_from_its_headers()
    {
        await using var cloud = await TestCloud.StartAsync();
        var mime = Convert.ToBase64String(Encoding.UTF8.GetBytes("From: a@example.com\r\nTo: b@example.com,\r\n c@example.com\r\nSubject: Hi\r\n\r\nText\r\n"));

        await SendAsync(cloud, $$"""{"Content":{"Raw":{"Data":"{{mime}}" } } }""");

        var mail = Assert.Single(cloud.Mailbox.Mails);
        Assert.Equal(["b@example.com", "c@example.com"], mail.To);
        Assert.Equal(("a@example.com", "Hi"), (mail.From, mail.Subject));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"FromEmailAddress":"a@example.com","Destination":{"ToAddresses":["b@example.com"]}}""")]
    [InlineData("""{"FromEmailAddress":7,"Destination":{"ToAddresses":["b@example.com"]},"Content":{"Simple":{}}}""")]
    [InlineData("""{"FromEmailAddress":"a@example.com","Destination":{"ToAddresses":["nobody"]},"Content":{"Raw":{"Data":"x"}}}""")]
    public async Task A_mail_without_sender_recipient_or_content_is_refused(string body)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal(400, await SendAsync(cloud, body));
        Assert.Empty(cloud.Mailbox.Mails);
    }

    [Theory]
    [InlineData("""{"Template":{"TemplateName":"t"}}""", 1, "BadRequestException")]
    [InlineData("""{"Simple":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}}}}""", 51, "BadRequestException")]
    [InlineData("""{"Simple":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}},"Attachments":[{"FileName":"f"}]}}""", 1, "BadRequestException")]
    [InlineData("""{"Simple":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}},"Attachments":[{"FileName":"setup.EXE","RawContent":"AA=="}]}}""", 1, "BadRequestException")]
    [InlineData("""{"Raw":{"Data":"RnJvbTogYUBleGFtcGxlLmNvbQ0KVG86IGJAZXhhbXBsZS5jb20NClN1YmplY3Q6IHMNCkNvbnRlbnQtVHlwZTogbXVsdGlwYXJ0L21peGVkOyBib3VuZGFyeT1xDQoNCi0tcQ0KQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluDQoNCmhpDQotLXENCkNvbnRlbnQtVHlwZTogYXBwbGljYXRpb24vb2N0ZXQtc3RyZWFtDQpDb250ZW50LURpc3Bvc2l0aW9uOiBhdHRhY2htZW50OyBmaWxlbmFtZT1ydW4uanMNCg0KeA0KLS1xLS0NCg=="}}""", 1, "BadRequestException")]
    [InlineData("""{"Simple":{"Subject":{"Data":7},"Body":{"Text":{"Data":"t"}}}}""", 1, "SerializationException")]
    [InlineData("""{"Simple":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}}}}""", 50, null)]
    public async Task A_mail_is_within_the_limits_of_the_service(string content, int recipients, string? error)
    {
        await using var cloud = await TestCloud.StartAsync();
        var to = string.Join(',', Enumerable.Range(0, recipients).Select(i => $"\"g{i}@example.com\""));

        Assert.Equal(error, await cloud.SendMailAsync($$$"""{"FromEmailAddress":"a@example.com","Destination":{"ToAddresses":[{{{to}}}]},"Content":{{{content}}} }"""));
    }

    [Fact]
    public async Task Everything_else_that_the_service_takes_is_taken()
    {
        await using var cloud = await TestCloud.StartAsync();

        var error = await cloud.SendMailAsync("""
            {"FromEmailAddress":"Hotel <hotel@example.com>","Destination":{"ToAddresses":["Guest <guest@example.com>"]},"ReplyToAddresses":["desk@example.com"],
             "FeedbackForwardingEmailAddress":"f@example.com","ConfigurationSetName":"set","ListManagementOptions":{"ContactListName":"l"},
             "Content":{"Simple":{"Subject":{"Data":"s","Charset":"UTF-8"},"Body":{"Html":{"Data":"h","Charset":"UTF-8"}},
               "Attachments":[{"FileName":"a.pdf","ContentType":"application/pdf","RawContent":"AAEC"}]}}}
            """);

        var mail = Assert.Single(cloud.Mailbox.Mails);
        Assert.Null(error);
        Assert.Equal(("desk@example.com", "set"), (Assert.Single(mail.ReplyTo), mail.ConfigurationSet));
        Assert.Equal(new LocalCloud.Email.MailAttachment("a.pdf", "application/pdf", 3), Assert.Single(mail.Attachments));
    }

    [Fact]
    public async Task The_mailbox_is_read_and_cleared_over_HTTP()
    {
        await using var cloud = await TestCloud.StartAsync();
        foreach (var to in new[] { "Guest <one@example.com>", "two@example.com" })
        {
            Assert.Null(await cloud.SendMailAsync(
                $$$"""{"FromEmailAddress":"a@example.com","Destination":{"ToAddresses":["{{{to}}}"]},"Content":{"Simple":{"Subject":{"Data":"to {{{to}}}"},"Body":{"Text":{"Data":"t"} } } },"EmailTags":[{"Name":"n","Value":"v"}]}"""));
        }

        var all = (await cloud.SesAsync(HttpMethod.Get, "/_local/mails")).Answer.AsArray();
        var one = Assert.Single((await cloud.SesAsync(HttpMethod.Get, "/_local/mails?to=ONE@example.com")).Answer.AsArray())!;
        await cloud.SesAsync(HttpMethod.Delete, "/_local/mails");

        Assert.Equal(["two@example.com", "Guest <one@example.com>"], all.Select(mail => (string)mail!["to"]![0]!));
        Assert.Equal(("a@example.com", "to Guest <one@example.com>", "t", "v"), ((string)one["from"]!, (string)one["subject"]!, (string)one["text"]!, (string)one["tags"]!["n"]!));
        Assert.Equal(cloud.Time.GetUtcNow(), one["at"]!.GetValue<DateTimeOffset>());
        Assert.Empty((await cloud.SesAsync(HttpMethod.Get, "/_local/mails")).Answer.AsArray());
    }

    [Fact]
    public void Long_mails_leave_the_mailbox_early()
    {
        var mailbox = new LocalCloud.Email.Mailbox();
        for (var i = 0; i < 3; i++)
        {
            mailbox.Add(new LocalCloud.Email.Mail($"{i}", "", [], "", new string('x', 30 * 1024 * 1024), null, new Dictionary<string, string>(), default));
        }

        Assert.Equal(["1", "2"], mailbox.Mails.Select(mail => mail.MessageId));
    }

    [Fact]
    public void The_mailbox_keeps_the_last_thousand()
    {
        var mailbox = new LocalCloud.Email.Mailbox();
        for (var i = 0; i < 1_001; i++)
        {
            mailbox.Add(new LocalCloud.Email.Mail($"{i}", "", [], "", null, null, new Dictionary<string, string>(), default));
        }

        Assert.Equal(("1", 1_000), (mailbox.Mails[0].MessageId, mailbox.Mails.Count));
    }

    private static async Task<int> SendAsync(TestCloud cloud, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cloud.Endpoint, "/v2/email/outbound-emails")) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", TestCloud.Root("ses"));
        using var response = await cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
