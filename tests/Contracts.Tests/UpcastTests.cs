using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Functions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Contracts.Tests;

internal sealed record OrderV2(string Id, string Shop, string Currency);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OrderV2))]
internal sealed partial class OrderV2Json : JsonSerializerContext;

public sealed class UpcastTests
{
    private static readonly Contract<OrderV2> s_second = new("order.placed.v2", OrderV2Json.Default.OrderV2, m => m.Id, "orders");

    [Fact]
    public async Task A_message_of_the_older_contract_reaches_the_handler_of_the_newer_one()
    {
        var handled = new List<OrderV2>();
        var consumer = new Consumer("tests", NullLogger.Instance)
            .On(s_second, (message, _) =>
            {
                handled.Add(message.Data);
                return Task.FromResult(Verdict.Done);
            })
            .Upcast(Order.Placed, s_second, old => new(old.Id, old.Shop ?? "north", "EUR"));

        foreach (var message in new[] { Samples.Of(Order.Placed, new("1")), Samples.Of(s_second, new("2", "south", "USD")) })
            Assert.Equal(Verdict.Done, await consumer.HandleAsync(Encoding.UTF8.GetBytes(message.Body), 1, TestContext.Current.CancellationToken));

        Assert.Equal([new("1", "north", "EUR"), new("2", "south", "USD")], handled);
    }
}
