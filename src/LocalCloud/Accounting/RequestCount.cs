namespace LocalCloud.Accounting;

/// <summary>How often one action was called, and what that would be billed as.</summary>
/// <param name="Service">As in signatures: <c>sqs</c>.</param>
/// <param name="Action">As in the service's model: <c>SendMessage</c>. <c>Delivery:http</c> are the attempts of SNS to reach HTTP endpoints.</param>
/// <param name="Calls">All calls, those that failed among them.</param>
/// <param name="Failed">Calls that were answered with an error.</param>
/// <param name="Billed">Requests on the bill: each call is one for every 64 KiB of messages that it carries, and at least one.</param>
public sealed record RequestCount(string Service, string Action, long Calls, long Failed, long Billed);
