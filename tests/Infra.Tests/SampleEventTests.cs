using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Infra.Tests;

public sealed class SampleEventTests(Synthesis synthesis)
{
    private static readonly string s_folder = Path.Combine(Repository.Find().Root, "events");

    [Fact]
    public void Every_function_has_a_sample_event_and_no_sample_is_left_over()
    {
        // The one file beside them describes the whole system: see tests/Schemas.
        var samples = Directory.GetFiles(s_folder).Select(Path.GetFileName).Where(name => name != "asyncapi.json");
        var functions = synthesis.OfType("AWS::Lambda::Function").Select(function => function.Text("Handler") + ".json");

        Assert.Equal(functions.Order(StringComparer.Ordinal), samples.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Booking", "booking.place.v1")]
    [InlineData("Email", "booking.confirmed.v1")]
    [InlineData("Partner", "booking.confirmed.v1")]
    [InlineData("Finance", "booking.confirmed.v1")]
    [InlineData("Worker", "invoice.issue.v1")]
    [InlineData("Availability", "availability.find.v1")]
    public void A_queue_s_sample_holds_an_envelope_of_the_type_that_the_function_consumes(string function, string type)
    {
        var record = Assert.Single(Read(function).GetProperty("Records").EnumerateArray());
        var body = record.GetProperty("body").GetString()!;
        using var envelope = JsonDocument.Parse(body);

        Assert.Equal(type, envelope.RootElement.GetProperty("type").GetString());
        Assert.Equal(record.GetProperty("md5OfBody").GetString(), Md5(body));
    }

    [Theory]
    [InlineData("Booking")]
    [InlineData("Finance")]
    public void A_fifo_sample_is_grouped_by_booking_and_deduplicated_by_message(string function)
    {
        var record = Read(function).GetProperty("Records")[0];
        using var envelope = JsonDocument.Parse(record.GetProperty("body").GetString()!);
        var attributes = record.GetProperty("attributes");

        Assert.Equal(envelope.RootElement.GetProperty("partitionkey").GetString(), attributes.GetProperty("MessageGroupId").GetString());
        Assert.Equal(envelope.RootElement.GetProperty("id").GetString(), attributes.GetProperty("MessageDeduplicationId").GetString());
    }

    [Theory]
    [InlineData("Email")]
    [InlineData("Partner")]
    [InlineData("Finance")]
    public void What_a_topic_delivered_has_the_attributes_that_subscriptions_filter_on(string function)
    {
        var attributes = Read(function).GetProperty("Records")[0].GetProperty("messageAttributes").EnumerateObject()
            .Select(a => (a.Name, a.Value.GetProperty("dataType").GetString(), a.Value.GetProperty("stringValue").GetString()));

        Assert.Equal([("hotel", "String", "hotel-1"), ("type", "String", "booking.confirmed.v1")], attributes.Order());
    }

    [Fact]
    public void The_api_s_sample_is_one_of_the_api_s_routes() =>
        Assert.Contains(Read("BookingApi").GetProperty("routeKey").GetString(), synthesis.OfType("AWS::ApiGatewayV2::Route").Select(route => route.Text("RouteKey")));

    private static JsonElement Read(string function)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(s_folder, function + ".json")));
        return document.RootElement.Clone();
    }

    // SQS defines the field as MD5; nothing is protected by it.
#pragma warning disable CA5351
    private static string Md5(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));
#pragma warning restore CA5351
}
