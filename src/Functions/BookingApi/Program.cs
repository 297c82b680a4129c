using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Functions.BookingApi;

await using var host = new FunctionHost();
await host.WarmUpAsync();
var api = new Api(
    new Acceptance(host.Publisher, host.Time),
    new BookingQueries(host.Database),
    host.Time,
    host.Logger<Api>());
using var bootstrap = LambdaBootstrapBuilder
    .Create<APIGatewayHttpApiV2ProxyRequest, APIGatewayHttpApiV2ProxyResponse>(
        (request, context) => api.HandleAsync(request, context.RemainingTime), new SourceGeneratorLambdaJsonSerializer<LambdaJson>())
    .Build();
await bootstrap.RunAsync();
