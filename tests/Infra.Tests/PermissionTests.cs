using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infra.Tests;

public sealed partial class PermissionTests(Synthesis synthesis)
{
    private const string Consume = "sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage sqs:SendMessage";
    private const string Encrypt = "kms:Decrypt kms:GenerateDataKey";
    private const string ReadPayloads = "s3:GetObject s3:ListBucket";
    private const string Log = "logs:CreateLogStream logs:PutLogEvents";

    [Fact]
    public void No_function_has_a_wildcard_in_an_action_or_a_resource_but_for_the_objects_below_a_prefix_of_a_bucket()
    {
        foreach (var statement in synthesis.OfType("AWS::IAM::Policy").SelectMany(Statements))
        {
            Assert.DoesNotContain("*", statement.GetProperty("Action").GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain("*", ObjectsBelowPrefix().Replace(statement.GetProperty("Resource").GetRawText(), ""), StringComparison.Ordinal);
            Assert.Equal(Actions(statement).Any(action => action is "s3:GetObject" or "s3:PutObject"), ObjectsBelowPrefix().IsMatch(statement.GetProperty("Resource").GetRawText()));
        }
    }

    [Fact]
    public void No_function_has_a_policy_that_these_tests_do_not_read()
    {
        foreach (var role in synthesis.OfType("AWS::IAM::Role"))
            Assert.Equal((null, null), (role["ManagedPolicyArns"], role["Policies"]));
        Assert.DoesNotContain(synthesis.Resources, resource => resource.Type == "AWS::IAM::ManagedPolicy");
    }

    [Theory]
    [InlineData("BookingApi", $"dsql:DbConnectAdmin {Encrypt} {Log} s3:PutObject sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:ReceiveMessage sqs:SendMessage")]
    [InlineData("Booking", $"dsql:DbConnectAdmin {Encrypt} {Log} {ReadPayloads} s3:PutObject sns:Publish {Consume}")]
    [InlineData("OutboxRelay", $"dsql:DbConnectAdmin {Encrypt} {Log} sns:Publish sqs:SendMessage")]
    [InlineData("Email", $"dsql:DbConnectAdmin {Encrypt} {Log} {ReadPayloads} ses:SendEmail {Consume}")]
    [InlineData("Partner", $"dsql:DbConnectAdmin {Encrypt} {Log} {ReadPayloads} {Consume}")]
    [InlineData("Finance", $"dsql:DbConnectAdmin {Encrypt} {Log} {ReadPayloads} {Consume}")]
    [InlineData("Worker", $"dsql:DbConnectAdmin {Encrypt} {Log} {ReadPayloads} s3:PutObject {Consume}")]
    [InlineData("Availability", $"dsql:DbConnectAdmin {Encrypt} {Log} {Consume}")]
    [InlineData("Migrations", $"dsql:DbConnectAdmin {Log}")]
    public void A_function_may_do_what_it_does_and_nothing_else(string name, string actions)
    {
        Assert.Equal(actions.Split(' '), Statements(PolicyOf(synthesis.Function(name))).SelectMany(Actions).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_consumer_may_send_to_its_own_queue_its_dead_letter_queue_and_those_it_is_told_of_and_to_no_other()
    {
        foreach (var mapping in synthesis.OfType("AWS::Lambda::EventSourceMapping"))
        {
            var queue = synthesis.Target(mapping, mapping["EventSourceArn"]!.Value);
            var dead = synthesis.Target(queue, queue["RedrivePolicy"]!.Value.GetProperty("deadLetterTargetArn"));
            var function = synthesis.Target(mapping, mapping["FunctionName"]!.Value);
            var policy = PolicyOf(function);
            var targets = Statements(policy).Where(s => Actions(s).Contains("sqs:SendMessage")).SelectMany(s => Targets(policy, s)).Distinct();
            var told = function["Environment"]!.Value.GetProperty("Variables").EnumerateObject()
                .Where(variable => variable.Name.StartsWith("DESTINATION_", StringComparison.Ordinal) && variable.Value.TryGetProperty("Ref", out _))
                .Select(variable => synthesis.Target(function, variable.Value));

            Assert.Equal(told.Concat([queue, dead]).ToHashSet(), targets.ToHashSet());
        }
    }

    [Fact]
    public void Topics_and_queues_are_encrypted_with_a_key_each_and_both_keys_rotate()
    {
        var topicKeys = synthesis.OfType("AWS::SNS::Topic").Select(topic => Assert.NotNull(topic["KmsMasterKeyId"]).GetRawText()).Distinct();
        var queueKeys = synthesis.OfType("AWS::SQS::Queue").Select(queue => Assert.NotNull(queue["KmsMasterKeyId"]).GetRawText()).Distinct();

        Assert.NotEqual(Assert.Single(topicKeys), Assert.Single(queueKeys));
        Assert.Equal(2, synthesis.OfType("AWS::KMS::Key").Count(key => key.Flag("EnableKeyRotation")));
    }

    [Fact]
    public void Only_our_own_topics_may_use_the_key_of_the_queues_and_only_our_alarms_that_of_the_topics()
    {
        var grants = synthesis.OfType("AWS::KMS::Key").SelectMany(Statements, (key, statement) => (key, statement))
            .Where(grant => grant.statement.GetProperty("Principal").TryGetProperty("Service", out _)).ToLookup(grant => grant.statement.GetProperty("Principal").GetProperty("Service").GetString());

        Assert.Equal(["cloudwatch.amazonaws.com", "sns.amazonaws.com"], grants.Select(g => g.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["ledger.fifo", "standard"],
            grants["sns.amazonaws.com"].Select(grant => synthesis.Target(grant.key, Conditions(grant.statement, "ArnEquals")).IsFifo ? "ledger.fifo" : "standard").Order(StringComparer.Ordinal));
        Assert.Contains(":alarm:*", Conditions(Assert.Single(grants["cloudwatch.amazonaws.com"]).statement, "ArnLike").GetRawText(), StringComparison.Ordinal);
        foreach (var (_, statement) in grants.SelectMany(g => g))
        {
            Assert.Equal(["kms:Decrypt", "kms:GenerateDataKey*"], Actions(statement));
            Assert.Equal("AWS::AccountId", statement.GetProperty("Condition").GetProperty("StringEquals").GetProperty("aws:SourceAccount").GetProperty("Ref").GetString());
        }

        static JsonElement Conditions(JsonElement statement, string kind) => statement.GetProperty("Condition").GetProperty(kind).GetProperty("aws:SourceArn");
    }

    [Theory]
    [InlineData("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues")]
    [InlineData("AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics")]
    [InlineData("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket")]
    public void Nothing_is_read_or_written_without_tls(string type, string policyType, string property)
    {
        foreach (var resource in synthesis.OfType(type))
            Assert.Contains(synthesis.OfType(policyType),
                policy => synthesis.Target(policy, policy[property]!.Value is { ValueKind: JsonValueKind.Array } several ? several[0] : policy[property]!.Value) == resource
                    && Statements(policy).Any(DeniesPlainText));
    }

    [Fact]
    public void A_bucket_is_closed_encrypted_and_kept()
    {
        foreach (var bucket in synthesis.OfType("AWS::S3::Bucket"))
        {
            Assert.All(bucket["PublicAccessBlockConfiguration"]!.Value.EnumerateObject(), block => Assert.True(block.Value.GetBoolean()));
            Assert.Equal(4, bucket["PublicAccessBlockConfiguration"]!.Value.EnumerateObject().Count());
            Assert.NotNull(bucket["BucketEncryption"]);
            Assert.Equal("BucketOwnerEnforced", bucket["OwnershipControls"]!.Value.GetProperty("Rules")[0].GetProperty("ObjectOwnership").GetString());
            Assert.Equal("Retain", bucket.Body.GetProperty("DeletionPolicy").GetString());
        }
    }

    private Resource PolicyOf(Resource function)
    {
        var role = synthesis.Target(function, function["Role"]!.Value);
        return Assert.Single(synthesis.OfType("AWS::IAM::Policy"), policy => synthesis.Target(policy, policy["Roles"]!.Value[0]) == role);
    }

    private IEnumerable<Resource> Targets(Resource policy, JsonElement statement) => statement.GetProperty("Resource") switch
    {
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(arn => synthesis.Target(policy, arn)),
        var one => [synthesis.Target(policy, one)],
    };

    private static JsonElement Single(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value[0] : value;

    private static bool DeniesPlainText(JsonElement statement) => statement.GetProperty("Effect").GetString() == "Deny"
        && statement.GetProperty("Condition").GetProperty("Bool").GetProperty("aws:SecureTransport").GetString() == "false";

    private static IEnumerable<JsonElement> Statements(Resource resource) =>
        (resource["PolicyDocument"] ?? resource["KeyPolicy"])!.Value.GetProperty("Statement").EnumerateArray();

    private static IEnumerable<string> Actions(JsonElement statement) => statement.GetProperty("Action") switch
    {
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(action => action.GetString()!),
        var one => [one.GetString()!],
    };

    // An object's ARN is its key, which nobody knows beforehand.
    [GeneratedRegex(@"""/[a-z]+/\*""")]
    private static partial Regex ObjectsBelowPrefix();
}
