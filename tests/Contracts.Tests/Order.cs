using System.Text.Json;
using System.Text.Json.Serialization;

namespace Contracts.Tests;

/// <summary>A message with a text and a number to filter on, both of which it may lack.</summary>
internal sealed record Order(string Id, string? Shop = null, decimal? Amount = null)
{
    public static Contract<Order> Placed { get; } = new("order.placed.v1", OrderJson.Default.Order, m => m.Id, "orders")
    { Attributes = [new("shop", m => m.Shop), new("amount", m => m.Amount)] };

    public static Contract<Order> Paid { get; } = new("order.paid.v1", OrderJson.Default.Order, m => m.Id, "orders")
    { Attributes = [new("amount", m => m.Amount)] };
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Order))]
internal sealed partial class OrderJson : JsonSerializerContext;
