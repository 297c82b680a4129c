using Functions.Worker.Invoices;
using Functions.Worker.Revenue;
using Messaging.Inbox;
using Npgsql;

namespace Functions.Worker;

/// <summary>Every task, a line each.</summary>
internal static class Tasks
{
    public static Consumer AddTasks(this Consumer consumer, PostgresInbox inbox, NpgsqlDataSource database, Documents documents, TimeProvider time)
    {
        var invoices = new InvoiceHandler(documents);
        var parts = new RevenueParts(time);
        var report = new RevenueReport(database, documents);
        return consumer
            .On(Messages.IssueInvoice, inbox.WithLease<IssueInvoice>(invoices.IssueAsync))
            .On(Messages.ReportRevenue, inbox.InTransaction<ReportRevenue>(parts.SplitAsync))
            .On(Messages.SumRevenue, inbox.InTransaction<SumRevenue>(parts.SumAsync))
            .On(Messages.JoinRevenue, inbox.WithLease<JoinRevenue>(report.JoinAsync));
    }
}
