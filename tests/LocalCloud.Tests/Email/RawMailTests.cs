using System.Text;
using LocalCloud.Email.Mime;

namespace LocalCloud.Tests.Email;

public class RawMailTests
{
    private const string Nested = """
        From: =?utf-8?q?J=C3=BCrgen=2C_Desk?= <desk@example.com>
        To: "Last, First" <one@example.com>, two@example.com (Two, too)
        Reply-To: answers@example.com
        Subject: =?utf-8?B?WmltbWVyIDTDtg==?= =?iso-8859-1?q?_f=FCr_Sie?=
        Content-Type: multipart/mixed; boundary="outer"

        This is for readers that know no MIME.
        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        Gr=FC=DFe =
        aus Wien
        --inner
        Content-Type: text/html; charset="utf-8"
        Content-Transfer-Encoding: base64

        PHA+R3LDvMOf
        ZTwvcD4=
        --inner--

        --outer
        Content-Type: application/pdf; name="x.pdf"
        Content-Disposition: attachment; filename*=utf-8''Rechnung%20%C3%BC.pdf
        Content-Transfer-Encoding: base64

        AAEC
        --outer--
        behind
        """;

    [Fact]
    public async Task A_nested_message_is_shown_as_its_reader_sees_it()
    {
        await using var cloud = await TestCloud.StartAsync();
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(Nested.ReplaceLineEndings("\r\n")));

        Assert.Null(await cloud.SendMailAsync($$$"""{"Content":{"Raw":{"Data":"{{{data}}}"} } }"""));

        var mail = Assert.Single(cloud.Mailbox.Mails);
        Assert.Equal("Jürgen, Desk <desk@example.com>", mail.From);
        Assert.Equal(["\"Last, First\" <one@example.com>", "two@example.com (Two, too)"], mail.To);
        Assert.Equal(["answers@example.com"], mail.ReplyTo);
        Assert.Equal("Zimmer 4ö für Sie", mail.Subject);
        Assert.Equal("Grüße aus Wien", mail.Text);
        Assert.Equal("<p>Grüße</p>", mail.Html);
        Assert.Equal(new LocalCloud.Email.MailAttachment("Rechnung ü.pdf", "application/pdf", 3), Assert.Single(mail.Attachments));
    }

    [Theory]
    [InlineData("", null, "")]
    [InlineData("\n\n", null, "\r\n")]
    [InlineData("Subject: x\n\nplain", "x", "plain")]
    [InlineData("Subject: a\n b\n\nplain", "a b", "plain")]
    [InlineData("Content-Type: text/plain; charset=nonsense\n\nplain", "", "plain")]
    [InlineData("Content-Type: multipart/mixed\n\nno boundary", "", null)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\nno parts", "", null)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nno end", "", "no end")]
    [InlineData("Content-Transfer-Encoding: quoted-printable\n\n100%=ZZ=", "", "100%=ZZ=")]
    [InlineData("Content-Transfer-Encoding: base64\n\n?eA==?", "", "x")]
    [InlineData("\n=?", "", "=?")]
    public async Task A_sloppy_message_is_shown_rather_than_refused(string mime, string? subject, string? text)
    {
        await using var cloud = await TestCloud.StartAsync();

        var mail = await cloud.RawAsync(mime.Length == 0 ? " " : mime);

        Assert.Equal(subject ?? "", mail.Subject);
        Assert.Equal(text ?? "", mail.Text ?? "");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=?utf-8?q?a_b?= =?utf-8?q?c?= d", "a bc d")]
    [InlineData("=?utf-8?q?=C3?= =?utf-8?q?=B6?=", "ö")]
    [InlineData("=?utf-8?x?a?=", "=?utf-8?x?a?=")]
    [InlineData("=?windows-1252?q?=80?=", "€")]
    public void Words_outside_ASCII_are_decoded(string header, string text) => Assert.Equal(text, EncodedWords.Decode(header));

    [Fact]
    public void Random_bytes_and_deep_nesting_are_read_in_bounded_time()
    {
        var random = new Random(7);
        var alphabet = "-=?;:\"\r\n \tabBq_boundary/multipart"u8.ToArray();
        for (var i = 0; i < 2_000; i++)
        {
            byte[] bytes = [.. "Content-Type: multipart/a; boundary=a\n\n--a\n"u8, .. Enumerable.Range(0, 200).Select(_ => alphabet[random.Next(alphabet.Length)])];
            Assert.NotNull(MimePart.Read(bytes, 500).Leaves.ToList());
        }

        var deep = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"Content-Type: multipart/a; boundary=b{i}\n\n--b{i}\n"));
        Assert.Single(MimePart.Read(Encoding.ASCII.GetBytes(deep), 500).Leaves);
    }
}
