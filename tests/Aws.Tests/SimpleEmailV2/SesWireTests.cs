using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;
using Aws.Tests.Loopback;

namespace Aws.Tests.SimpleEmailV2;

public class SesWireTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_is_sent_as_JSON_to_the_path_of_the_API()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, """{"MessageId":"m-1"}"""));
        using var client = Client(server);

        var response = await client.SendEmailAsync(Mail(), Cancellation);

        Assert.Equal("m-1", response.MessageId);
        Assert.Equal("POST /v2/email/outbound-emails", server.Only.Method + " " + server.Only.Target);
        Assert.Contains("/eu-west-1/ses/aws4_request", server.Only.Headers["Authorization"], StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"FromEmailAddress":"hotel@example.com","ReplyToAddresses":["desk@example.com"],"Destination":{"ToAddresses":["guest@example.com"]},
                 "Content":{"Simple":{"Subject":{"Data":"Your booking","Charset":"UTF-8"},"Body":{"Text":{"Data":"See you"},"Html":{"Data":"<p>See you</p>"}}}},
                 "EmailTags":[{"Name":"booking","Value":"b-1"}]}
                """),
            JsonNode.Parse(server.Only.Body)));
    }

    [Fact]
    public async Task A_refused_mail_is_an_exception_of_its_own()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(
            400, """{"message":"Email address is not verified."}""", new() { ["x-amzn-ErrorType"] = "MessageRejected:http://internal.amazon.com/" }));
        using var client = Client(server);

        var error = await Assert.ThrowsAsync<MessageRejectedException>(() => client.SendEmailAsync(Mail(), Cancellation));

        Assert.Equal(("MessageRejected", "Email address is not verified."), (error.ErrorCode, error.Message));
    }

    private static SendEmailRequest Mail() => new()
    {
        FromEmailAddress = "hotel@example.com",
        ReplyToAddresses = ["desk@example.com"],
        Destination = new() { ToAddresses = ["guest@example.com"] },
        Content = new()
        {
            Simple = new()
            {
                Subject = new() { Data = "Your booking", Charset = "UTF-8" },
                Body = new() { Text = new() { Data = "See you" }, Html = new() { Data = "<p>See you</p>" } },
            },
        },
        EmailTags = [new() { Name = "booking", Value = "b-1" }],
    };

    private static AmazonSimpleEmailServiceV2Client Client(LoopbackServer server) => new(
        new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
        new AmazonSimpleEmailServiceV2Config { ServiceURL = server.Url, AuthenticationRegion = "eu-west-1" });
}
