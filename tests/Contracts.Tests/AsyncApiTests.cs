using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Schemas;
using Schemas.AsyncApi;

namespace Contracts.Tests;

public sealed class AsyncApiTests
{
    private static readonly EventsFolder s_events = EventsFolder.Find();
    private static readonly string s_validation = Path.Combine(s_events.Root, "..", "tests", "Contracts.Tests", "Validation");

    [Fact]
    public void The_committed_document_says_what_the_contracts_and_the_subscriptions_say() => Assert.True(
        s_events.AsyncApiFile(SystemDocument.Create(Messages.All, Subscriptions.All)).IsWritten,
        "events/asyncapi.json is not what the contracts say. Run: dotnet run --project tests/Schemas");

    [Fact]
    public void A_consumer_receives_what_its_subscription_lets_through()
    {
        var document = SystemDocument.Create(Messages.All, Subscriptions.All);

        var operation = document["operations"]!["partner.receive"]!;
        Assert.Equal(("receive", "#/channels/partner"), ((string?)operation["action"], (string?)operation["channel"]!["$ref"]));
        Assert.Equal(
            ["#/channels/partner/messages/booking.confirmed.v1", "#/channels/partner/messages/booking.cancelled.v1"],
            operation["messages"]!.AsArray().Select(message => (string?)message!["$ref"]));
        Assert.True(JsonNode.DeepEquals(Subscriptions.Partner.Filter.ToPolicy(), operation["x-filter-policies"]!["booking-events"]));
    }

    [Fact]
    public void A_channel_tells_who_sends_what_where_the_contract_tells_it()
    {
        var operations = SystemDocument.Create([Order.Placed with { Senders = ["Shop", "Robot"] }, Order.Paid], [])["operations"]!.AsObject();

        Assert.Equal(["orders.send", "orders.send.Robot", "orders.send.Shop", "orders.receive"], operations.Select(operation => operation.Key));
        Assert.Equal("#/channels/orders/messages/order.paid.v1", (string?)Assert.Single(operations["orders.send"]!["messages"]!.AsArray())!["$ref"]);
        Assert.Equal("Robot", (string?)operations["orders.send.Robot"]!["x-sender"]);
    }

    [Fact]
    public void A_message_carries_the_attributes_that_filters_see_and_its_schema()
    {
        var message = SystemDocument.Create([Order.Placed], [])["components"]!["messages"]!["order.placed.v1"]!;

        Assert.Equal(["type:string", "shop:string", "amount:number"], message["headers"]!["properties"]!.AsObject().Select(header => $"{header.Key}:{header.Value!["type"]}"));
        Assert.Equal("./schemas/order.placed.v1.json", (string?)message["payload"]!["allOf"]![1]!["properties"]!["data"]!["$ref"]);
    }

    [Fact]
    public async Task The_document_is_valid_AsyncAPI_and_the_sample_events_are_what_it_says()
    {
        var envelopes = Directory.GetFiles(s_events.Root, "*.json").SelectMany(Envelopes).ToList();
        Assert.NotEmpty(envelopes);

        Assert.Equal("", await ValidateAsync(envelopes));
    }

    [Fact]
    public async Task A_sample_that_lacks_a_member_is_found()
    {
        var envelope = JsonNode.Parse(Samples.Of("booking.confirmed.v1").Body)!;
        envelope["data"]!["guest"]!.AsObject().Remove("email");

        Assert.Equal("booking.confirmed.v1/data/guest must have required property 'email'", await ValidateAsync([envelope.ToJsonString()]));
    }

    // Only an event of a queue has envelopes in it.
    private static IEnumerable<string> Envelopes(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.TryGetProperty("Records", out var records) ? [.. records.EnumerateArray().Select(record => record.GetProperty("body").GetString()!)] : [];
    }

    private static async Task<string> ValidateAsync(IReadOnlyList<string> envelopes)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(s_validation, "node_modules")), "The validator is not installed: npm ci --prefix tests/Contracts.Tests/Validation");
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(s_validation, "validate.mjs"), s_events.Root])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(string.Join('\n', envelopes));
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output.Trim();
    }
}
