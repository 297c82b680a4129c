using Functions.Worker;

await using var host = new FunctionHost();
using var s3 = Documents.NewClient();
var documents = new Documents(s3, FunctionHost.Required("DOCUMENT_BUCKET"));

await host.RunAsync(host.Consumer("worker").AddTasks(host.Inbox("worker"), host.Database, documents, host.Time));
