using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;

namespace Infra.Constructs;

/// <summary>Refuses plain text.</summary>
internal static class TlsOnly
{
    /// <summary>The topic's own EnforceSSL does nothing as long as nobody else adds a statement.</summary>
    internal static PolicyStatement Publishing(ITopic topic) => new(new PolicyStatementProps
    {
        Actions = ["sns:Publish"],
        Conditions = new Dictionary<string, object> { ["Bool"] = new Dictionary<string, object> { ["aws:SecureTransport"] = "false" } },
        Effect = Effect.DENY,
        Principals = [new AnyPrincipal()],
        Resources = [topic.TopicArn],
    });
}
