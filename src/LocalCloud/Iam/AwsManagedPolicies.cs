using System.Collections.Frozen;
using LocalCloud.Policies;

namespace LocalCloud.Iam;

/// <summary>Those of AWS's own policies whose statements are known here in full, as far as the services here go.</summary>
internal static class AwsManagedPolicies
{
    private const string Logs = "\"logs:CreateLogGroup\",\"logs:CreateLogStream\",\"logs:PutLogEvents\"";

    private static readonly FrozenDictionary<string, ManagedPolicy> Known = new Dictionary<string, string>
    {
        ["AdministratorAccess"] = "\"*\"",
        ["AmazonS3FullAccess"] = "\"s3:*\",\"s3-object-lambda:*\"",
        ["AmazonSNSFullAccess"] = "\"sns:*\"",
        ["AmazonSQSFullAccess"] = "\"sqs:*\"",
        ["AmazonSESFullAccess"] = "\"ses:*\"",
        ["AmazonKinesisFullAccess"] = "\"kinesis:*\"",
        ["AmazonSQSReadOnlyAccess"] =
            "\"sqs:GetQueueAttributes\",\"sqs:GetQueueUrl\",\"sqs:ListDeadLetterSourceQueues\",\"sqs:ListQueues\",\"sqs:ListMessageMoveTasks\",\"sqs:ListQueueTags\"",
        ["service-role/AWSLambdaBasicExecutionRole"] = Logs,
        ["service-role/AWSLambdaSQSQueueExecutionRole"] = "\"sqs:ReceiveMessage\",\"sqs:DeleteMessage\",\"sqs:GetQueueAttributes\"," + Logs,
        ["service-role/AWSLambdaDynamoDBExecutionRole"] =
            "\"dynamodb:DescribeStream\",\"dynamodb:GetRecords\",\"dynamodb:GetShardIterator\",\"dynamodb:ListStreams\"," + Logs,
        ["service-role/AWSLambdaKinesisExecutionRole"] =
            "\"kinesis:DescribeStream\",\"kinesis:DescribeStreamSummary\",\"kinesis:GetRecords\",\"kinesis:GetShardIterator\",\"kinesis:ListShards\",\"kinesis:ListStreams\",\"kinesis:SubscribeToShard\"," + Logs,
        ["AWSXRayDaemonWriteAccess"] =
            "\"xray:PutTraceSegments\",\"xray:PutTelemetryRecords\",\"xray:GetSamplingRules\",\"xray:GetSamplingTargets\",\"xray:GetSamplingStatisticSummaries\"",
    }.Select(entry => Create(entry.Key, entry.Value)).ToFrozenDictionary(policy => policy.Arn, StringComparer.Ordinal);

    public static ManagedPolicy? Find(string arn) => Known.GetValueOrDefault(arn);

    private static ManagedPolicy Create(string pathAndName, string actions)
    {
        var slash = pathAndName.LastIndexOf('/');
        var json = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[{{actions}}],"Resource":"*"}]}""";
        return new ManagedPolicy(
            $"arn:aws:iam::aws:policy/{pathAndName}", pathAndName[(slash + 1)..], "/" + pathAndName[..(slash + 1)], "ANPA" + pathAndName[(slash + 1)..].ToUpperInvariant(),
            json, PolicyReader.Read(json, PolicyKind.Identity), new DateTimeOffset(2015, 2, 6, 18, 40, 58, TimeSpan.Zero));
    }
}
