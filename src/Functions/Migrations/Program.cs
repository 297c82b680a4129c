using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Functions.Migrations;
using Messaging.Schema;

await using var host = new FunctionHost();
using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
var handler = new MigrationsHandler(new SchemaMigrator(host.Database, host.Logger<SchemaMigrator>()), http, host.Logger<MigrationsHandler>());
using var bootstrap = LambdaBootstrapBuilder.Create<CustomResourceRequest>(handler.HandleAsync, new SourceGeneratorLambdaJsonSerializer<MigrationsJson>()).Build();
await bootstrap.RunAsync();
