using System.Collections.Frozen;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>How each type is created. A new type is one file and one line.</summary>
internal static class ResourceTypes
{
    public delegate Task<Created> Create(ResourceContext context, CancellationToken cancellationToken);

    private static readonly FrozenDictionary<string, Create> Known = new Dictionary<string, Create>
    {
        ["AWS::SQS::Queue"] = QueueResource.CreateAsync,
        ["AWS::SQS::QueuePolicy"] = QueuePolicyResource.CreateAsync,
        ["AWS::SNS::Topic"] = TopicResource.CreateAsync,
        ["AWS::SNS::TopicPolicy"] = TopicPolicyResource.CreateAsync,
        ["AWS::SNS::Subscription"] = SubscriptionResource.CreateAsync,
        ["AWS::KMS::Key"] = KeyResource.CreateAsync,
        ["AWS::KMS::Alias"] = KeyAliasResource.CreateAsync,
        ["AWS::DynamoDB::Table"] = TableResource.CreateAsync,
        ["AWS::Lambda::Function"] = FunctionResource.CreateAsync,
        ["AWS::IAM::Role"] = RoleResource.CreateAsync,
        ["AWS::IAM::Policy"] = PolicyResource.CreateInlineAsync,
        ["AWS::IAM::RolePolicy"] = PolicyResource.CreateOfOneRoleAsync,
        ["AWS::IAM::ManagedPolicy"] = PolicyResource.CreateManagedAsync,
        ["AWS::Lambda::Permission"] = InvokePermissionResource.CreateAsync,
        ["AWS::Lambda::Version"] = FunctionVersionResource.CreateAsync,
        ["AWS::Lambda::Alias"] = FunctionVersionResource.CreateAsync,
        ["AWS::Lambda::EventInvokeConfig"] = EventInvokeConfigResource.CreateAsync,
        ["AWS::Lambda::EventSourceMapping"] = EventSourceMappingResource.CreateAsync,
        ["AWS::Events::Rule"] = RuleResource.CreateAsync,
        ["AWS::ApiGatewayV2::Api"] = HttpApiResource.CreateApiAsync,
        ["AWS::ApiGatewayV2::Authorizer"] = HttpApiResource.CreateAuthorizerAsync,
        ["AWS::ApiGatewayV2::Stage"] = HttpApiResource.CreateStageAsync,
        ["AWS::ApiGatewayV2::Integration"] = HttpApiResource.CreateIntegrationAsync,
        ["AWS::ApiGatewayV2::Route"] = HttpApiResource.CreateRouteAsync,
        ["AWS::S3::Bucket"] = BucketResource.CreateAsync,
        ["AWS::S3::BucketPolicy"] = BucketPolicyResource.CreateAsync,
        ["AWS::CloudFormation::CustomResource"] = CustomResource.CreateAsync,
    }.ToFrozenDictionary();

    /// <summary>Types that a laptop can do without, and need not be told of.</summary>
    private static readonly string[] Quiet =
    [
        "AWS::ApiGatewayV2::", "AWS::CDK::", "AWS::CloudWatch::", "AWS::DSQL::", "AWS::IAM::",
        "AWS::Lambda::LayerVersion", "AWS::Logs::", "AWS::S3::", "AWS::SES::",
    ];

    /// <summary>Null for a type that is not created here.</summary>
    public static Create? Find(string type) =>
        Known.TryGetValue(type, out var create) ? create
        : type.StartsWith("Custom::", StringComparison.Ordinal) ? CustomResource.CreateAsync
        : null;

    public static bool IsQuiet(string type) => Quiet.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal));
}
