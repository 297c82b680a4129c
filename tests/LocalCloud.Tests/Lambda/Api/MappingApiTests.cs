using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Lambda.Api;

public sealed class MappingApiTests : IAsyncLifetime
{
    private const string Mappings = "/2015-03-31/event-source-mappings";

    private TestCloud? _cloud;
    private LambdaApi? _lambda;

    private TestCloud Cloud => _cloud!;

    private LambdaApi Lambda => _lambda!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await TestCloud.StartAsync();
        _lambda = new LambdaApi(_cloud.Endpoint);
        await _lambda.CreateRoleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _lambda!.Dispose();
        await _cloud!.DisposeAsync();
    }

    [Fact]
    public async Task A_mapping_brings_a_queues_messages_to_its_function()
    {
        var queue = await Cloud.CreateQueueAsync("orders");
        await Lambda.CreateAsync("f");
        var created = await CreateAsync(queue);
        Assert.Equal(("Creating", 10), ((string)created["State"]!, (int)created["BatchSize"]!));

        await Cloud.SendAsync(queue, "one");

        await Eventually.TrueAsync(async () => await CountAsync(queue) == 0, "the message is handled and deleted");
        Assert.Equal("Enabled", (string)(await Lambda.CallAsync(HttpMethod.Get, $"{Mappings}/{created["UUID"]}"))["State"]!);
    }

    [Fact]
    public async Task A_disabled_mapping_polls_no_more_until_it_is_enabled()
    {
        var queue = await Cloud.CreateQueueAsync("orders");
        await Lambda.CreateAsync("f");
        var path = $"{Mappings}/{(await CreateAsync(queue))["UUID"]}";
        await Lambda.CallAsync(HttpMethod.Put, path, "{'Enabled':false}");
        Assert.Equal("Disabled", (string)(await Lambda.CallAsync(HttpMethod.Get, path))["State"]!);

        await Cloud.SendAsync(queue, "one");
        Assert.Equal("1", (string)(await AttributesAsync(queue))["ApproximateNumberOfMessages"]!);
        await Lambda.CallAsync(HttpMethod.Put, path, "{'Enabled':true,'BatchSize':1}");

        await Eventually.TrueAsync(async () => await CountAsync(queue) == 0, "the message is handled and deleted");
    }

    [Fact]
    public async Task A_mapping_is_listed_by_function_and_queue_and_is_gone_when_it_is_deleted()
    {
        var (one, two) = (await Cloud.CreateQueueAsync("one"), await Cloud.CreateQueueAsync("two"));
        await Lambda.CreateAsync("f", runtime: "python3.11");
        var first = await CreateAsync(one);
        await CreateAsync(two);

        Assert.Equal(2, (await Lambda.CallAsync(HttpMethod.Get, $"{Mappings}?FunctionName=f"))["EventSourceMappings"]!.AsArray().Count);
        Assert.Single((await Lambda.CallAsync(HttpMethod.Get, $"{Mappings}?EventSourceArn={TestCloud.ArnOf(one)}"))["EventSourceMappings"]!.AsArray());

        Assert.Equal("Deleting", (string)(await Lambda.CallAsync(HttpMethod.Delete, $"{Mappings}/{first["UUID"]}"))["State"]!);
        Assert.Equal((404, "ResourceNotFoundException", "The resource you requested does not exist."), await Lambda.ErrorAsync(HttpMethod.Get, $"{Mappings}/{first["UUID"]}"));
    }

    [Fact]
    public async Task A_second_mapping_of_the_same_queue_and_function_is_a_conflict()
    {
        var queue = await Cloud.CreateQueueAsync("orders");
        await Lambda.CreateAsync("f", runtime: "python3.11");
        var first = await CreateAsync(queue);

        var (status, type, message) = await Lambda.ErrorAsync(HttpMethod.Post, Mappings, Mapping(queue));

        Assert.Equal((409, "ResourceConflictException"), (status, type));
        Assert.EndsWith($"the existing mapping with UUID {first["UUID"]}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'BatchSize':11", "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10")]
    [InlineData("'BatchSize':0", "1 validation error detected: Value '0' at 'batchSize' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData("'ScalingConfig':{'MaximumConcurrency':1}", "1 validation error detected: Value '1' at 'maximumConcurrency' failed to satisfy constraint: Member must have value greater than or equal to 2")]
    [InlineData("'FunctionResponseTypes':['All']", "1 validation error detected: Value 'All' at 'functionResponseTypes' failed to satisfy constraint: Member must satisfy enum value set: [ReportBatchItemFailures]")]
    [InlineData("'FilterCriteria':{'Filters':[{'Pattern':'x'}]}", "Invalid filter pattern definition. a pattern must be a JSON object")]
    [InlineData("'BatchSize':'x'", "BatchSize can not be converted to Integer")]
    public async Task What_a_mapping_may_not_be_is_Lambdas_own_error(string setting, string message)
    {
        var queue = await Cloud.CreateQueueAsync("orders");
        await Lambda.CreateAsync("f", runtime: "python3.11");

        Assert.Equal((400, message), await ErrorAsync(Mapping(queue, "," + setting)));
    }

    [Fact]
    public async Task A_queue_must_be_there_and_hide_a_message_for_as_long_as_the_function_may_run()
    {
        var hasty = await Cloud.CreateQueueAsync("hasty", new() { ["VisibilityTimeout"] = "10" });
        await Lambda.CreateAsync("f", runtime: "python3.11");

        Assert.Equal((400, "Queue visibility timeout: 10 seconds is less than Function timeout: 20 seconds"), await ErrorAsync(Mapping(hasty)));
        Assert.Equal(
            (400, "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist."),
            await ErrorAsync(Mapping("nowhere")));
        Assert.Equal((404, "Function not found: arn:aws:lambda:us-east-1:000000000000:function:g"), await ErrorAsync(Mapping(hasty).Replace("'f'", "'g'", StringComparison.Ordinal)));
    }

    private static string Mapping(string queue, string more = "") => $"{{'FunctionName':'f','EventSourceArn':'{TestCloud.ArnOf(queue)}',{(more.Contains("FunctionResponseTypes", StringComparison.Ordinal) ? "'BatchSize':10" : "'FunctionResponseTypes':['ReportBatchItemFailures']")}{more}}}";

    private Task<JsonObject> CreateAsync(string queue) => Lambda.CallAsync(HttpMethod.Post, Mappings, Mapping(queue));

    private async Task<(int Status, string Message)> ErrorAsync(string body)
    {
        var (status, _, message) = await Lambda.ErrorAsync(HttpMethod.Post, Mappings, body);
        return (status, message);
    }

    private async Task<JsonObject> AttributesAsync(string queue) =>
        (await Cloud.SqsAsync("GetQueueAttributes", new() { ["QueueUrl"] = queue, ["AttributeNames"] = new JsonArray("All") }))["Attributes"]!.AsObject();

    private async Task<int> CountAsync(string queue)
    {
        var attributes = await AttributesAsync(queue);
        return Number("ApproximateNumberOfMessages") + Number("ApproximateNumberOfMessagesNotVisible");

        int Number(string name) => int.Parse((string)attributes[name]!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
