using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.SQS;
using Functions.BookingApi;
using Messaging.RequestReply;

await using var host = new FunctionHost();
using var sqs = new AmazonSQSClient();
await using var requests = new RequestClient(
    sqs,
    host.Publisher.PublishAsync,
    new() { ReplyQueue = Destinations.AvailabilityReplies, ReplyQueueUrl = FunctionHost.Required("DESTINATION_AVAILABILITY_REPLIES"), Source = "/booking-api" },
    host.Logger<RequestClient>(),
    host.Time);
await host.WarmUpAsync();
var api = new Api(
    new Acceptance(host.Publisher, host.Time),
    new BookingQueries(host.Database),
    new FreeRooms(requests),
    new RevenueReports(host.Database, host.Publisher.PublishAsync, host.Time),
    host.Time,
    host.Logger<Api>());
using var bootstrap = LambdaBootstrapBuilder
    .Create<APIGatewayHttpApiV2ProxyRequest, APIGatewayHttpApiV2ProxyResponse>(
        (request, context) => api.HandleAsync(request, context.RemainingTime), new SourceGeneratorLambdaJsonSerializer<LambdaJson>())
    .Build();
await bootstrap.RunAsync();
