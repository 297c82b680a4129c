using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;

namespace Functions.BookingApi;

/// <summary>What API Gateway hands over and gets back.</summary>
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class LambdaJson : JsonSerializerContext;
