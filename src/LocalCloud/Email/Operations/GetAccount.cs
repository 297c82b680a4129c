namespace LocalCloud.Email.Operations;

/// <summary>GetAccount: an account out of the sandbox. The quota is what AWS gives a new one; nobody counts here.</summary>
internal static class GetAccount
{
    private const double DailyMails = 50_000;
    private const double MailsPerSecond = 14;

    public static void Run(SesCall call)
    {
        call.Call.Demand("ses:GetAccount", "*");
        var sent = call.Ses.Mailbox.Mails.Count(mail => mail.At > call.Ses.Now.AddDays(-1));
        call.Output.WriteBoolean("DedicatedIpAutoWarmupEnabled"u8, false);
        call.Output.WriteString("EnforcementStatus"u8, "HEALTHY"u8);
        call.Output.WriteBoolean("ProductionAccessEnabled"u8, true);
        call.Output.WriteBoolean("SendingEnabled"u8, true);
        call.Output.WriteStartObject("SendQuota"u8);
        call.Output.WriteNumber("Max24HourSend"u8, DailyMails);
        call.Output.WriteNumber("MaxSendRate"u8, MailsPerSecond);
        call.Output.WriteNumber("SentLast24Hours"u8, sent);
        call.Output.WriteEndObject();
    }
}
