using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Contracts;
using Functions.Worker;
using Functions.Worker.Invoices;
using Messaging.Consuming;
using Tests.Common;

namespace Functions.Tests;

/// <summary>The bytes of an invoice, and where they are kept.</summary>
public sealed partial class InvoiceTests
{
    private static readonly IssueInvoice Task = new(
        Guid.Parse("0197a9c0-7d00-7000-8000-000000000001"), new(2027, 2, 20), "hotel-1", "double", new(2027, 3, 1), new(2027, 3, 3), new("Ada Lovelace", "ada@example.com"), new(240m, "EUR"));

    [Fact]
    public void It_tells_who_pays_what_for_which_nights()
    {
        var drawn = Drawn(Task);

        Assert.Contains("Number 0197a9c0-7d00-7000-8000-000000000001", drawn);
        Assert.Contains("Date 20 February 2027", drawn);
        Assert.Contains("Ada Lovelace", drawn);
        Assert.Contains("hotel-1, double room", drawn);
        Assert.Contains("1 March 2027 to 3 March 2027, 2 nights", drawn);
        Assert.Contains("240.00 EUR", drawn);
    }

    [Fact]
    public void Every_object_stands_where_the_table_says_and_its_text_is_as_long_as_it_says()
    {
        var file = Encoding.Latin1.GetString(Invoice.Render(Task));

        var table = int.Parse(StartOfTable().Match(file).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.StartsWith("xref\n0 8\n0000000000 65535 f \n", file[table..], StringComparison.Ordinal);
        var offsets = Entries().Matches(file[table..]).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(7, offsets.Length);
        Assert.All(offsets, (offset, i) => Assert.StartsWith($"{i + 1} 0 obj\n", file[offset..], StringComparison.Ordinal));
        var content = Content().Match(file);
        Assert.Equal(int.Parse(content.Groups[1].Value, CultureInfo.InvariantCulture), content.Groups[2].Length);
    }

    [Fact]
    public void A_name_cannot_break_out_of_its_line()
    {
        var file = Encoding.Latin1.GetString(Invoice.Render(Task with { Guest = new(@") Tj ET (\", "ada@example.com") }));

        Assert.Contains(@"(\051 Tj ET \050\134) Tj ET", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("José Müller", @"(Jos\351 M\374ller)", null)]
    [InlineData("Łukasz", "(Lukasz)", "<FEFF0141")]
    [InlineData("山田", "(??)", "<FEFF5C717530>")]
    public void A_name_in_other_letters_is_drawn_as_near_as_the_font_comes_and_kept_as_it_is(string name, string drawn, string? text)
    {
        var file = Encoding.Latin1.GetString(Invoice.Render(Task with { Guest = new(name, "ada@example.com") }));

        Assert.Contains(drawn, file, StringComparison.Ordinal);
        Assert.Equal(text is not null, file.Contains("/ActualText", StringComparison.Ordinal));
        Assert.Contains(text ?? "", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_done_twice_leaves_one_document_of_the_same_bytes()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials("test", "test"),
            new AmazonS3Config { ServiceURL = cloud.Server.Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        await s3.PutBucketAsync("documents", TestContext.Current.CancellationToken);
        var handler = new InvoiceHandler(new Documents(s3, "documents"));
        var message = new Received<IssueInvoice>(new("message-1", "/booking", "invoice.issue.v1", DateTimeOffset.UnixEpoch), Task, 1);

        Assert.Equal(Verdict.Done, await handler.IssueAsync(message, TestContext.Current.CancellationToken));
        Assert.Equal(Verdict.Done, await handler.IssueAsync(message, TestContext.Current.CancellationToken));

        var list = await s3.ListObjectsV2Async(new() { BucketName = "documents" }, TestContext.Current.CancellationToken);
        Assert.Equal("invoices/0197a9c0-7d00-7000-8000-000000000001.pdf", Assert.Single(list.S3Objects).Key);
        using var document = await s3.GetObjectAsync("documents", list.S3Objects[0].Key, TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await document.ResponseStream.CopyToAsync(content, TestContext.Current.CancellationToken);
        Assert.Equal("application/pdf", document.Headers.ContentType);
        Assert.Equal(Invoice.Render(Task), content.ToArray());
    }

    private static string[] Drawn(IssueInvoice task) =>
        [.. Lines().Matches(Encoding.Latin1.GetString(Invoice.Render(task))).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"\((.*)\) Tj")]
    private static partial Regex Lines();

    [GeneratedRegex(@"startxref\n(\d+)\n%%EOF\n$")]
    private static partial Regex StartOfTable();

    [GeneratedRegex(@"(\d{10}) 00000 n \n")]
    private static partial Regex Entries();

    [GeneratedRegex(@"/Length (\d+) >>\nstream\n(.*)endstream", RegexOptions.Singleline)]
    private static partial Regex Content();
}
