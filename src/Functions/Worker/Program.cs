using Functions;
using Functions.Worker;
using Functions.Worker.Invoices;

await using var host = new FunctionHost();
using var s3 = Documents.NewClient();
var documents = new Documents(s3, FunctionHost.Required("DOCUMENT_BUCKET"));
var inbox = host.Inbox("worker");
var invoices = new InvoiceHandler(documents);

await host.RunAsync(host.Consumer("worker")
    .On(Messages.IssueInvoice, inbox.WithLease<IssueInvoice>(invoices.IssueAsync)));
