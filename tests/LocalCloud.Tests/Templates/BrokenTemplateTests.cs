using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Templates;

namespace LocalCloud.Tests.Templates;

/// <summary>Templates that were mangled at random, by a fixed seed, and for a fixed time.</summary>
public sealed class BrokenTemplateTests : IAsyncDisposable
{
    private const int Seed = 20_261_121;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(8);

    private const string Whole = """
        { "Parameters": { "Stage": { "Type": "String", "Default": "dev", "AllowedValues": ["dev"] }, "Zones": { "Type": "CommaDelimitedList", "Default": "a,b" } },
          "Mappings": { "Sizes": { "dev": { "memory": 128 } } },
          "Conditions": { "IsDev": { "Fn::Equals": [{ "Ref": "Stage" }, "dev"] }, "Not": { "Fn::Not": [{ "Condition": "IsDev" }] }, "Both": { "Fn::And": [{ "Condition": "IsDev" }, { "Condition": "Not" }] } },
          "Resources": {
            "Dead": { "Type": "AWS::SQS::Queue" },
            "Queue": { "Type": "AWS::SQS::Queue", "DependsOn": ["Topic"], "Properties": { "VisibilityTimeout": 60, "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["Dead", "Arn"] }, "maxReceiveCount": 3 },
              "Tags": [{ "Key": "zone", "Value": { "Fn::Select": [0, { "Ref": "Zones" }] } }] } },
            "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Fn::Sub": ["${a}-${Stage}", { "a": { "Fn::Join": ["-", ["x", { "Ref": "AWS::Region" }]] } }] }, "Tags": [{ "Key": "k", "Value": "v" }] } },
            "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [{ "Ref": "Queue" }], "PolicyDocument": { "Version": "2012-10-17", "Statement": [] } } },
            "Subscription": { "Type": "AWS::SNS::Subscription", "Condition": "IsDev", "Properties": { "TopicArn": { "Ref": "Topic" }, "Protocol": "sqs", "Endpoint": { "Fn::GetAtt": "Queue.Arn" }, "FilterPolicy": { "type": ["x"] } } },
            "Worker": { "Type": "AWS::Lambda::Function", "Properties": { "Handler": "Worker", "Runtime": "dotnet10", "Timeout": 10, "MemorySize": { "Fn::FindInMap": ["Sizes", { "Ref": "Stage" }, "memory"] }, "Environment": { "Variables": { "URL": { "Ref": "Queue" } } } } },
            "Mapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": { "FunctionName": { "Ref": "Worker" }, "EventSourceArn": { "Fn::GetAtt": ["Queue", "Arn"] }, "BatchSize": 5, "ScalingConfig": { "MaximumConcurrency": 2 }, "FilterCriteria": { "Filters": [{ "Pattern": "{\"body\":{\"a\":[1]}}" }] } } },
            "Async": { "Type": "AWS::Lambda::EventInvokeConfig", "Properties": { "FunctionName": { "Ref": "Worker" }, "Qualifier": "$LATEST", "MaximumRetryAttempts": 1, "DestinationConfig": { "OnFailure": { "Destination": { "Fn::GetAtt": ["Dead", "Arn"] } } } } },
            "Rule": { "Type": "AWS::Events::Rule", "Properties": { "ScheduleExpression": "rate(5 minutes)", "Targets": [{ "Arn": { "Fn::GetAtt": ["Worker", "Arn"] }, "Id": "1", "Input": { "Fn::Base64": "x" } }] } },
            "Api": { "Type": "AWS::ApiGatewayV2::Api", "Properties": { "ProtocolType": "HTTP", "CorsConfiguration": { "AllowOrigins": ["*"], "MaxAge": 5 } } },
            "Stage1": { "Type": "AWS::ApiGatewayV2::Stage", "Properties": { "ApiId": { "Ref": "Api" }, "StageName": "$default" } },
            "Authorizer": { "Type": "AWS::ApiGatewayV2::Authorizer", "Properties": { "ApiId": { "Ref": "Api" }, "AuthorizerType": "JWT", "IdentitySource": ["$request.header.Authorization"], "JwtConfiguration": { "Issuer": "i", "Audience": ["a"] } } },
            "Integration": { "Type": "AWS::ApiGatewayV2::Integration", "Properties": { "ApiId": { "Ref": "Api" }, "IntegrationType": "AWS_PROXY", "IntegrationUri": { "Fn::GetAtt": ["Worker", "Arn"] }, "PayloadFormatVersion": "2.0" } },
            "Route": { "Type": "AWS::ApiGatewayV2::Route", "Properties": { "ApiId": { "Ref": "Api" }, "RouteKey": "GET /x/{id}", "AuthorizationType": "JWT", "AuthorizerId": { "Ref": "Authorizer" }, "Target": { "Fn::Join": ["", ["integrations/", { "Ref": "Integration" }]] } } } },
          "Outputs": { "Url": { "Value": { "Fn::If": ["Both", { "Ref": "Queue" }, { "Ref": "AWS::NoValue" }] }, "Export": { "Name": { "Fn::Sub": "${AWS::StackName}:url" } } } } }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("broken");
    private readonly Random _random = new(Seed);
    private CloudServer? _cloud;

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
            await _cloud.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_mangled_template_is_deployed_or_refused_in_one_sentence()
    {
        _cloud = await CloudServer.StartAsync(new CloudOptions { Port = 0 }, TestContext.Current.CancellationToken);
        await DeployAsync(Encoding.UTF8.GetBytes(Whole), mayFail: false);
        var start = Stopwatch.GetTimestamp();
        var (deployed, refused) = (0, 0);
        while (Stopwatch.GetElapsedTime(start) < Budget)
        {
            if (await DeployAsync(_random.Next(4) == 0 ? Scrambled() : Mangled(), mayFail: true))
                deployed++;
            else
                refused++;
        }

        Assert.True(deployed > 0 && refused > 0, $"{deployed} deployed, {refused} refused");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(100_000)]
    public async Task A_template_that_is_nested_too_deep_is_refused(int depth)
    {
        _cloud = await CloudServer.StartAsync(new CloudOptions { Port = 0 }, TestContext.Current.CancellationToken);

        Assert.False(await DeployAsync(Encoding.UTF8.GetBytes("{\"Resources\":" + string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth + 1)), mayFail: true));
    }

    [Fact]
    public async Task A_chain_of_conditions_as_long_as_a_template_can_be_is_no_crash()
    {
        _cloud = await CloudServer.StartAsync(new CloudOptions { Port = 0 }, TestContext.Current.CancellationToken);
        var conditions = string.Join(',', Enumerable.Range(0, 20_000).Select(number => $"\"C{number}\":{{\"Condition\":\"C{number + 1}\"}}"));

        Assert.False(await DeployAsync(Encoding.UTF8.GetBytes("{\"Conditions\":{" + conditions + "},\"Resources\":{\"A\":{\"Type\":\"T\",\"Condition\":\"C0\"}}}"), mayFail: true));
    }

    [Fact]
    public async Task A_template_larger_than_CloudFormation_takes_is_refused()
    {
        _cloud = await CloudServer.StartAsync(new CloudOptions { Port = 0 }, TestContext.Current.CancellationToken);

        Assert.False(await DeployAsync(Encoding.UTF8.GetBytes($$"""{"Description":"{{new string('x', 1024 * 1024)}}"}"""), mayFail: true));
    }

    /// <summary>True if it was deployed; whatever is thrown must be a TemplateException of one sentence.</summary>
    private async Task<bool> DeployAsync(byte[] template, bool mayFail)
    {
        await File.WriteAllBytesAsync(Path.Combine(_directory.FullName, "shop.template.json"), template);
        try
        {
            await using var deployment = await Deployment.CreateAsync(new()
            {
                AssemblyDirectory = _directory.FullName,
                Endpoint = _cloud!.Endpoint,
                CloudEndpoint = _cloud.Endpoint,
                Cloud = _cloud,
                Delivers = false,
                DeleteOnDispose = true,
                StartFunction = Lambda.TestFunctions.Start,
            });
            return true;
        }
        catch (TemplateException e) when (mayFail)
        {
            Assert.NotEmpty(e.Message);
            return false;
        }
        catch (Exception e) when (e is not TemplateException)
        {
            throw new InvalidOperationException($"{e.GetType().Name} from {Encoding.UTF8.GetString(template)}", e);
        }
    }

    private byte[] Scrambled()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        for (var change = _random.Next(1, 4); change > 0; change--)
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        return _random.Next(3) == 0 ? bytes[.._random.Next(bytes.Length)] : bytes;
    }

    private byte[] Mangled()
    {
        var template = JsonNode.Parse(Whole)!;
        for (var change = _random.Next(1, 3); change > 0; change--)
        {
            var nodes = Below(template).ToList();
            Replace(nodes[_random.Next(nodes.Count)], nodes[_random.Next(nodes.Count)]);
        }
        return Encoding.UTF8.GetBytes(template.ToJsonString());
    }

    private void Replace(JsonNode node, JsonNode other)
    {
        JsonNode? value = _random.Next(9) switch
        {
            0 => null,
            1 => 7,
            2 => "text",
            3 => new JsonArray(),
            4 => new JsonObject(),
            5 => new JsonObject { ["Ref"] = 3 },
            6 => new JsonObject { ["Fn::GetAtt"] = new JsonArray(new JsonArray(), 1) },
            7 => JsonNode.Parse("""{"Fn::Sub":["${a}",{"a":null}]}"""),
            _ => other.DeepClone(),
        };
        switch (node.Parent)
        {
            case JsonObject members when _random.Next(4) == 0:
                members.Remove(members.First(member => ReferenceEquals(member.Value, node)).Key);
                break;
            case JsonObject members:
                members[members.First(member => ReferenceEquals(member.Value, node)).Key] = value;
                break;
            case JsonArray items:
                items[items.IndexOf(node)] = value;
                break;
        }
    }

    private static IEnumerable<JsonNode> Below(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().SelectMany(child => Below(child).Prepend(child)),
        JsonArray items => items.OfType<JsonNode>().SelectMany(child => Below(child).Prepend(child)),
        _ => [],
    };
}
