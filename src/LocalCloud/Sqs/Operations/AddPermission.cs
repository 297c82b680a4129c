using LocalCloud.Policies;

namespace LocalCloud.Sqs.Operations;

/// <summary>Stores the permission in the queue's policy.</summary>
internal static class AddPermission
{
    private const int MostActions = 7;

    private static readonly string[] Shareable =
    [
        "*", "SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl", "ListDeadLetterSourceQueues", "PurgeQueue",
    ];

    public static void Run(SqsCall call)
    {
        var queue = call.Queue("sqs:AddPermission");
        var label = call.Input.Required("Label");
        var accounts = call.Input.Strings("AWSAccountIds");
        var actions = call.Input.Strings("Actions");
        if (label.Length > 80 || !label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw SqsError.InvalidValue("Label", label, "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.");
        }

        if (accounts.Count == 0 || actions.Count == 0)
        {
            throw SqsError.Missing(accounts.Count == 0 ? "AWSAccountIds" : "Actions");
        }

        if (actions.Count > MostActions)
        {
            throw SqsError.OverLimit($"{actions.Count} Actions were found, maximum allowed is {MostActions}.");
        }

        if (actions.Except(Shareable).FirstOrDefault() is { } unknown)
        {
            throw SqsError.InvalidValue("ActionName", unknown, $"It must be one of {string.Join(", ", Shareable)}.");
        }

        if (accounts.FirstOrDefault(account => account.Length != 12 || !account.All(char.IsAsciiDigit)) is { } wrong)
        {
            throw SqsError.InvalidValue("PrincipalId", wrong, "Unable to verify: an account id has 12 digits.");
        }

        queue.Change(settings => settings with
        {
            Policy = ResourcePolicy.Add(settings.Policy, label, accounts, actions.Select(action => "SQS:" + action), queue.Arn)
                ?? throw SqsError.InvalidValue("Label", label, "Already exists."),
        });
    }
}
