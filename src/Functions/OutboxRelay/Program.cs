await using var host = new FunctionHost();
await host.RunScheduledAsync(host.Relay.SweepAsync, host.ParkedReplays.ResumeAsync, host.InboxCleanup.RunAsync, host.OutboxAuditCleanup.RunAsync);
