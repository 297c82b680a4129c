using System.Globalization;
using Amazon.Runtime;
using Amazon.SQS;
using LocalCloud.Faults;
using Messaging.Publishing;

namespace Messaging.Tests;

/// <summary>What cannot be sent is told by its id and its destination; the rest is sent, or told too.</summary>
public sealed class PublisherBadInputTests : IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private PublisherDesk _desk = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await PublisherDesk.OpenAsync(_time);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_message_over_the_limit_of_a_topic_is_not_sent()
    {
        var queue = await _desk.AddTopicAsync("events");

        var failure = await FailureBesideGoodOnesAsync("events", PublisherDesk.Outbound("bad", "b", bodyBytes: 256 * 1_024), queue);

        Assert.Equal(
            "The message greeting.sent.v1 bad was not sent to 'events': it has 262170 bytes with its attributes, and the destination takes 262144: "
            + "put its data elsewhere (a claim check), or send a reference.",
            failure.Reason);
    }

    [Fact]
    public async Task A_message_over_the_limit_of_a_queue_is_not_sent()
    {
        var queue = await _desk.AddQueueAsync("work");

        var failure = await FailureBesideGoodOnesAsync("work", PublisherDesk.Outbound("bad", "b", bodyBytes: 1_024 * 1_024), queue);

        Assert.Contains("it has 1048602 bytes with its attributes, and the destination takes 1048576", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_just_the_limit_is_sent()
    {
        var queue = await _desk.AddTopicAsync("events");
        var message = PublisherDesk.Outbound("1", "a", bodyBytes: (256 * 1_024) - 10 - "greeting.sent.v1".Length);

        Assert.Empty(await _desk.PublishAsync("events", [message]));

        Assert.Single(await _desk.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_message_with_an_attribute_too_many_is_not_sent()
    {
        var queue = await _desk.AddQueueAsync("work");
        var bad = PublisherDesk.Outbound("bad", "b") with { Attributes = [.. Enumerable.Range(0, 9).Select(i => new AttributeValue($"a{i}", "x"))] };

        var failure = await FailureBesideGoodOnesAsync("work", bad, queue);

        Assert.Equal(
            "The message greeting.sent.v1 bad was not sent to 'work': it has 9 attributes and its type, and 9 are the most that every subscription takes.", failure.Reason);
    }

    [Theory]
    [InlineData("hotel", "\u0001", "has an attribute with a value with characters that SQS refuses.")]
    [InlineData("AWS.hotel", "alpha", "has an attribute with a name that is not made of letters, digits, _, - and single dots, or begins with AWS. or Amazon..")]
    [InlineData("type", "alpha", "has an attribute with the name 'type', which is taken.")]
    public async Task A_message_with_an_attribute_that_is_refused_is_not_sent(string name, string value, string words)
    {
        var queue = await _desk.AddQueueAsync("work");

        var failure = await FailureBesideGoodOnesAsync("work", PublisherDesk.Outbound("bad", "b") with { Attributes = [new(name, value)] }, queue);

        Assert.EndsWith(words, failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x1)]
    [InlineData(0xFFFF)]
    [InlineData(0xD83D)]
    public async Task A_message_with_characters_that_are_refused_is_not_sent(int character)
    {
        var queue = await _desk.AddQueueAsync("work");

        var failure = await FailureBesideGoodOnesAsync("work", PublisherDesk.Outbound("bad", "b") with { Body = $"\uFFFD\u00E4 {(char)character}" }, queue);

        Assert.Contains("it has characters in its body that SQS refuses", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_other_characters_are_sent()
    {
        var queue = await _desk.AddQueueAsync("work");

        Assert.Empty(await _desk.PublishAsync("work", [PublisherDesk.Outbound("1", "a") with { Body = "\t\r\n \u007F\u00E4\uD7FF\uE000\uFFFD \U0001F600\U0010FFFD" }]));

        Assert.Equal(["\t\r\n \u007F\u00E4\uD7FF\uE000\uFFFD \U0001F600\U0010FFFD"], await _desk.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_message_without_a_body_is_not_sent()
    {
        var queue = await _desk.AddQueueAsync("work");

        var failure = await FailureBesideGoodOnesAsync("work", PublisherDesk.Outbound("bad", "b") with { Body = "" }, queue);

        Assert.EndsWith("it has no body.", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_the_service_knows_to_refuse_is_told_in_its_words()
    {
        // A queue that takes less than the publisher knows of.
        _desk.AddAddress("work", await _desk.Cloud.CreateQueueAsync("work", ("MaximumMessageSize", "1024")));

        var failures = await _desk.PublishAsync("work", [PublisherDesk.Outbound("1", "a"), PublisherDesk.Outbound("bad", "b", bodyBytes: 1_500), PublisherDesk.Outbound("2", "c")]);

        var failure = Assert.Single(failures);
        Assert.Equal(("bad", PublishFailureCause.BadMessage, "work"), (failure.MessageId, failure.Cause, failure.Destination));
        Assert.Contains("Message must be shorter than 1024 bytes.", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_refused_as_a_whole_is_sent_message_by_message()
    {
        _desk.AddAddress("events", await _desk.Cloud.CreateTopicAsync("events", largestMessage: 1_024));
        Outbound[] messages = [.. Enumerable.Range(0, 3).Select(i => PublisherDesk.Outbound($"{i}", $"k{i}", bodyBytes: 600)), PublisherDesk.Outbound("bad", "b", bodyBytes: 1_500)];

        var failures = await _desk.PublishAsync("events", messages);

        Assert.Equal(("bad", PublishFailureCause.BadMessage), (Assert.Single(failures).MessageId, failures[0].Cause));
        Assert.Equal(5, _desk.Calls("sns", "PublishBatch"));
    }

    [Fact]
    public async Task A_key_that_is_no_group_id_fails_alone_where_it_is_sent_as_one()
    {
        var fifo = await _desk.AddQueueAsync("ordered.fifo");
        var standard = await _desk.AddQueueAsync("work");
        var bad = PublisherDesk.Outbound("bad", "b") with { Key = "a room" };

        var failure = await FailureBesideGoodOnesAsync("ordered", bad, fifo);

        Assert.Contains("it has a key that is no message group id", failure.Reason, StringComparison.Ordinal);
        Assert.Empty(await _desk.PublishAsync("work", [bad]));
        Assert.Single(await _desk.BodiesAsync(standard));
    }

    [Fact]
    public async Task A_destination_without_an_address_takes_nothing()
    {
        var failures = await _desk.PublishAsync("nowhere", PublisherDesk.Outbounds(3, keys: 2));

        AssertDestination(
            failures, "nowhere", "The destination 'nowhere' has no address. Set DESTINATION_NOWHERE to the ARN of a topic or the URL of a queue.");
    }

    [Fact]
    public async Task A_queue_that_is_gone_takes_nothing()
    {
        _desk.AddAddress("gone", new Uri(_desk.Cloud.Server.Endpoint, "000000000000/gone").ToString());

        AssertDestination(await _desk.PublishAsync("gone", PublisherDesk.Outbounds(30, keys: 20)), "gone", "QueueDoesNotExistException: ");
    }

    [Fact]
    public async Task A_topic_that_is_gone_takes_nothing()
    {
        _desk.AddAddress("gone", "arn:aws:sns:us-east-1:000000000000:gone");

        AssertDestination(await _desk.PublishAsync("gone", PublisherDesk.Outbounds(3, keys: 2)), "gone", "NotFoundException: ");
    }

    [Fact]
    public async Task An_expired_credential_is_no_messages_fault()
    {
        var queue = await _desk.AddQueueAsync("work");
        _time.Shift = TimeSpan.FromHours(-2);
        var (id, secret, token) = await SessionAsync(seconds: 900);
        _time.Shift = TimeSpan.Zero;
        using var sqs = new AmazonSQSClient(
            new SessionAWSCredentials(id, secret, token), new AmazonSQSConfig { ServiceURL = _desk.Cloud.Server.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });

        var failures = await _desk.NewPublisher(sqs: sqs).PublishAsync("work", PublisherDesk.Outbounds(3, keys: 2), Ct);

        AssertDestination(failures, "work", "AmazonSQSException: The security token included in the request is expired");
        Assert.Empty(await _desk.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_destination_that_fails_between_calls_leaves_what_it_took_out_of_the_report()
    {
        var queue = await _desk.AddQueueAsync("work");
        _desk.Cloud.Server.SetFaults(new() { Seed = 2, Rules = [new() { Kind = FaultKind.Unavailable, Probability = 0.2 }] });

        var failures = await _desk.PublishAsync("work", PublisherDesk.Outbounds(500, keys: 500), new() { CallsAtATime = 2 });

        _desk.Cloud.Server.SetFaults(null);
        var got = (await _desk.BodiesAsync(queue)).Select(b => b.Split(' ')[1]).ToArray();
        Assert.NotEmpty(got);
        Assert.NotEmpty(failures);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => i.ToString(CultureInfo.InvariantCulture)).Order(), got.Concat(failures.Select(f => f.MessageId)).Order());
    }

    private async Task<PublishFailure> FailureBesideGoodOnesAsync(string destination, Outbound bad, string queue)
    {
        Outbound[] messages = [PublisherDesk.Outbound("1", "a"), bad, PublisherDesk.Outbound("2", "c"), PublisherDesk.Outbound("3", "a"), bad with { Id = "after", Body = "x", Attributes = [] }];

        var failures = await _desk.PublishAsync(destination, messages);

        Assert.Equal(["a 1", "a 3", "c 2"], (await _desk.BodiesAsync(queue)).Order());
        Assert.Equal(["bad", "after"], failures.Select(f => f.MessageId));
        Assert.Equal([PublishFailureCause.BadMessage, PublishFailureCause.EarlierMessage], failures.Select(f => f.Cause));
        Assert.All(failures, f => Assert.Equal(destination, f.Destination));
        return failures[0];
    }

    private static void AssertDestination(IReadOnlyList<PublishFailure> failures, string destination, string reason)
    {
        Assert.NotEmpty(failures);
        Assert.All(failures, f => Assert.Equal((PublishFailureCause.Destination, destination), (f.Cause, f.Destination)));
        Assert.All(failures, f => Assert.StartsWith(reason, f.Reason, StringComparison.Ordinal));
    }

    private async Task<(string Id, string Secret, string Token)> SessionAsync(int seconds)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _desk.Cloud.Server.Endpoint)
        {
            Content = new FormUrlEncodedContent([new("Action", "GetSessionToken"), new("Version", "2011-06-15"), new("DurationSeconds", $"{seconds}")]),
        };
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00");
        using var response = await http.SendAsync(request, Ct);
        var answer = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, answer);
        return (Element("AccessKeyId"), Element("SecretAccessKey"), Element("SessionToken"));

        string Element(string name) => answer.Split($"<{name}>")[1].Split("</")[0];
    }

    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
