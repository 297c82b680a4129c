using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra;

/// <summary>How a deployment is kept: <c>-c stage=prod</c> protects what it holds, <c>-c stage=dev</c> leaves nothing behind but buckets.</summary>
internal sealed record Stage
{
    /// <summary>Queues, keys and database outlive their stack, and nobody deletes the stack by accident.</summary>
    internal static Stage Prod { get; } = new() { IsProtected = true, Logs = RetentionDays.SIX_MONTHS, Suffix = "" };

    /// <summary>The stacks can be deleted with all that they hold.</summary>
    internal static Stage Dev { get; } = new() { IsProtected = false, Logs = RetentionDays.ONE_WEEK, Suffix = "-dev" };

    internal required bool IsProtected { get; init; }

    /// <summary>How long logs are kept.</summary>
    internal required RetentionDays Logs { get; init; }

    /// <summary>Of the stacks' names, so that both stages can live in one account.</summary>
    internal required string Suffix { get; init; }

    /// <summary>Takes the protection away from what the constructs protect, where this stage wants none.</summary>
    internal void ApplyTo(IConstruct scope)
    {
        if (IsProtected)
            return;
        foreach (var resource in scope.Node.FindAll())
        {
            if (resource is Queue or Key)
                ((Resource)resource).ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        }
    }
}
