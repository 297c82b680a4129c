using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Messaging.Consuming;
using Messaging.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Tests;

/// <summary>Lines in CloudWatch's Embedded Metric Format, held against its specification.</summary>
public sealed class EmfTests : IDisposable
{
    private readonly string _name = $"emf-{Guid.NewGuid():n}";
    private readonly ConcurrentQueue<string> _written = new();
    private readonly EmfCollector _collector;

    public EmfTests() => _collector = EmfOutput.Create(
        name => name == "AWS_LAMBDA_FUNCTION_NAME" ? "greeter" : null, TimeProvider.System, line => _written.Enqueue(Encoding.UTF8.GetString(line)))!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_is_one_line_for_each_verdict_that_occurred()
    {
        foreach (var text in new[] { "done", "retry", "done", "done" })
            await HandleAsync(text);

        Assert.Empty(Lines());
        await _collector.FlushAsync(Ct);

        var lines = Lines();
        Assert.Equal(["done 3", "retry 1"], lines.Select(l => $"{l["Verdict"]} {l["Messages"]}").Order());
        var done = lines.Single(l => (string)l["Verdict"]! == "done");
        Assert.Equal((_name, "greeting.sent.v1", "events"), ((string)done["Consumer"]!, (string)done["Type"]!, (string)done["Queue"]!));
        Assert.Equal((3, 3), (done["Duration"]!.AsArray().Count, done["Age"]!.AsArray().Count));
        Assert.Equal([2, 2, 2], done["Attempts"]!.AsArray().Select(v => (int)v!));
    }

    [Fact]
    public async Task Every_line_keeps_to_the_specification()
    {
        foreach (var text in new[] { "done", "retry", "dead", "discard", "throw", "rubbish" })
            await HandleAsync(text);
        ConsumerMetrics.DuplicateAbsorbed(_name);
        ConsumerMetrics.DeadLetterFailed(_name, new IOException("secret"));
        await _collector.FlushAsync(Ct);

        Assert.Equal(6, Lines().Count);
        Assert.All(Lines(), KeepsToSpecification);
        Assert.All(_written, line => Assert.EndsWith("}\n", line, StringComparison.Ordinal));
        Assert.All(_written, line => Assert.DoesNotContain('\n', line[..^1]));
    }

    [Fact]
    public async Task The_outbox_is_told_by_destination_and_a_level_by_its_last_value()
    {
        OutboxMetrics.Published.Add(2, OutboxMetrics.Tag(_name));
        OutboxMetrics.Published.Add(3, OutboxMetrics.Tag(_name));
        OutboxMetrics.Waiting.Record(7, OutboxMetrics.Tag(_name));
        OutboxMetrics.Waiting.Record(0, OutboxMetrics.Tag(_name));
        await _collector.FlushAsync(Ct);

        var line = Assert.Single(_written.Select(l => JsonNode.Parse(l)!), l => (string?)l["Destination"] == _name);
        Assert.Equal((5, 0), ((int)line["OutboxPublished"]!, (int)line["OutboxWaiting"]!));
        Assert.Equal("""[["Destination"]]""", line["_aws"]!["CloudWatchMetrics"]![0]!["Dimensions"]!.ToJsonString());
        Assert.Null(line["Consumer"]);
        KeepsToSpecification(line.AsObject());
    }

    [Fact]
    public async Task Reasons_and_errors_are_members_and_no_dimensions()
    {
        await HandleAsync("retry");
        await HandleAsync("retry");
        await HandleAsync("throw");
        await _collector.FlushAsync(Ct);

        var line = Assert.Single(Lines());
        Assert.Equal(["no room in Genève: 2", "InvalidOperationException: 1"], line["Reasons"]!.AsObject().Select(m => $"{m.Key}: {m.Value}"));
        Assert.Equal(["retry: 2", "System.InvalidOperationException: 1"], line["Errors"]!.AsObject().Select(m => $"{m.Key}: {m.Value}"));
        Assert.Equal(["Consumer,Type,Verdict", "Consumer"], Dimensions(line));
    }

    [Fact]
    public async Task Duplicates_and_dead_letters_that_did_not_get_out_are_told_by_consumer()
    {
        ConsumerMetrics.DuplicateAbsorbed(_name);
        ConsumerMetrics.DuplicateAbsorbed(_name);
        ConsumerMetrics.DeadLetterFailed(_name, new IOException("secret"));
        await _collector.FlushAsync(Ct);

        var line = Assert.Single(Lines());
        Assert.Equal((2, 1), ((int)line["Duplicates"]!, (int)line["DeadLetterFailures"]!));
        Assert.Equal(["Consumer"], Dimensions(line));
        Assert.DoesNotContain("secret", line.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_hundred_values_are_several_lines_and_lose_none()
    {
        for (var i = 0; i < 250; i++)
            await HandleAsync("done");
        await _collector.FlushAsync(Ct);

        Assert.All(Lines(), KeepsToSpecification);
        Assert.Equal(250, Lines().Sum(l => (int?)l["Messages"] ?? 0));
        Assert.Equal(250, Lines().Sum(l => l["Duration"]?.AsArray().Count ?? 0));
        Assert.Equal(250, Lines().Sum(l => l["Age"]?.AsArray().Count ?? 0));
    }

    [Fact]
    public async Task What_is_written_is_not_written_again()
    {
        await HandleAsync("done");
        await _collector.FlushAsync(Ct);
        await _collector.FlushAsync(Ct);

        Assert.Single(Lines());
    }

    [Theory]
    [InlineData("greeter", null, true)]
    [InlineData("greeter", "off", false)]
    [InlineData("greeter", "on", true)]
    [InlineData(null, null, false)]
    [InlineData(null, "on", true)]
    public void It_is_on_under_Lambda_unless_it_is_switched_off(string? function, string? emf, bool on)
    {
        using var collector = EmfOutput.Create(name => name switch { "AWS_LAMBDA_FUNCTION_NAME" => function, "EMF" => emf, _ => null }, TimeProvider.System, _ => { });

        Assert.Equal(on, collector is not null);
    }

    [Theory]
    [InlineData("EMF", "yes", "The environment variable EMF is 'yes'. Set it to 'on' or 'off', or not at all: then it is on under Lambda.")]
    [InlineData("AWS_EMF_NAMESPACE", "AWS/Lambda", "The environment variable AWS_EMF_NAMESPACE is 'AWS/Lambda'. A namespace of CloudWatch has up to 255 letters, digits, spaces and .-_/#: and does not begin with ':' or 'AWS/'.")]
    public void A_setting_that_cannot_be_is_refused_with_a_sentence(string variable, string value, string sentence)
    {
        var error = Assert.Throws<InvalidOperationException>(() => EmfOutput.Create(
            name => name == variable ? value : name == "AWS_LAMBDA_FUNCTION_NAME" ? "greeter" : null, TimeProvider.System, _ => { }));

        Assert.Equal(sentence, error.Message);
    }

    public void Dispose() => _collector.Dispose();

    /// <summary>The specification's rules, one by one.</summary>
    private static void KeepsToSpecification(JsonObject line)
    {
        Assert.True(Encoding.UTF8.GetByteCount(line.ToJsonString()) < 256 * 1_024);
        var aws = line["_aws"]!.AsObject();
        Assert.Equal(["CloudWatchMetrics", "Timestamp"], aws.Select(m => m.Key).Order());
        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds((long)aws["Timestamp"]!), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        Assert.NotEmpty(aws["CloudWatchMetrics"]!.AsArray());
        foreach (var directive in aws["CloudWatchMetrics"]!.AsArray().Select(d => d!.AsObject()))
        {
            Assert.Equal(["Dimensions", "Metrics", "Namespace"], directive.Select(m => m.Key).Order());
            Assert.Equal("Messaging", (string)directive["Namespace"]!);
            foreach (var set in directive["Dimensions"]!.AsArray())
            {
                Assert.InRange(set!.AsArray().Count, 0, 30);
                Assert.All(set.AsArray(), name => Assert.Matches("^[ -~]{1,1024}$", (string)line[(string)name!]!));
            }

            Assert.InRange(directive["Metrics"]!.AsArray().Count, 1, 100);
            foreach (var metric in directive["Metrics"]!.AsArray().Select(m => m!.AsObject()))
            {
                Assert.Matches("^(Count|Seconds)$", (string)metric["Unit"]!);
                var value = line[(string)metric["Name"]!]!;
                Assert.InRange((value as JsonArray)?.Count ?? 1, 1, 100);
                Assert.All(value as JsonArray ?? [value.DeepClone()], v => Assert.True(double.IsFinite((double)v!)));
            }
        }
    }

    private static IEnumerable<string> Dimensions(JsonObject line) =>
        line["_aws"]!["CloudWatchMetrics"]!.AsArray().SelectMany(d => d!["Dimensions"]!.AsArray()).Select(set => string.Join(',', set!.AsArray().Select(n => (string)n!)));

    // Tests run side by side, and a collector hears of all consumers in the process.
    private List<JsonObject> Lines() => [.. _written.Select(l => JsonNode.Parse(l)!.AsObject()).Where(l => (string)l["Consumer"]! == _name)];

    private async Task HandleAsync(string text)
    {
        var consumer = new Consumer(_name, NullLogger.Instance).On("greeting.sent.v1", TestJson.Default.Greeting, (message, _) => Task.FromResult(message.Data.Text switch
        {
            "retry" => Verdict.Retry("no room in Genève"),
            "dead" => Verdict.DeadLetter("test"),
            "discard" => Verdict.Discard("test"),
            "throw" => throw new InvalidOperationException(),
            _ => Verdict.Done,
        }));
        await consumer.HandleAsync(
            new Delivery
            {
                MessageId = "sqs-1",
                ReceiptHandle = "handle",
                Source = "http://localhost/000000000000/events",
                Body = Encoding.UTF8.GetBytes(text == "rubbish" ? text : ConsumerTests.Body(text: text)),
                ReceiveCount = 2,
                SentAt = DateTimeOffset.UtcNow.AddSeconds(-1),
            },
            Ct);
    }
}
