namespace Functions.Worker.Invoices;

/// <summary>Writes invoices.</summary>
internal sealed class InvoiceHandler(Documents documents)
{
    public async Task<Verdict> IssueAsync(Received<IssueInvoice> message, CancellationToken cancellationToken)
    {
        await documents.PutAsync($"invoices/{message.Data.BookingId}.pdf", Invoice.Render(message.Data), "application/pdf", cancellationToken);
        return Verdict.Done;
    }
}
