using System.Text;
using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Lambda.Api;

public sealed class FunctionApiTests : IAsyncLifetime
{
    private const string Functions = "/2015-03-31/functions";

    private TestCloud? _cloud;
    private LambdaApi? _lambda;

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
    public async Task A_package_is_run_and_its_answer_is_the_invocations_with_the_log_if_it_is_asked_for()
    {
        var created = await Lambda.CreateAsync("echo", ",'Environment':{'Variables':{'TABLE':'rooms'}},'MemorySize':256");
        Assert.Equal(
            ("arn:aws:lambda:us-east-1:000000000000:function:echo", "Active", 256),
            (created["FunctionArn"]!.GetValue<string>(), created["State"]!.GetValue<string>(), created["MemorySize"]!.GetValue<int>()));

        using var answer = await Lambda.InvokeAsync("echo", "{'do':'environment'}");

        Assert.Equal((200, "$LATEST"), ((int)answer.StatusCode, answer.Headers.GetValues("X-Amz-Executed-Version").Single()));
        var variables = JsonNode.Parse(await LambdaApi.TextAsync(answer))!;
        Assert.Equal(("rooms", "echo", "256"), ((string)variables["TABLE"]!, (string)variables["AWS_LAMBDA_FUNCTION_NAME"]!, (string)variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]!));
        Assert.Equal(_cloud!.Endpoint, new Uri((string)variables["AWS_ENDPOINT_URL"]!));

        using var printing = await Lambda.InvokeAsync("echo", "{'do':'print'}", ("X-Amz-Log-Type", "Tail"));
        var log = Encoding.UTF8.GetString(Convert.FromBase64String(printing.Headers.GetValues("X-Amz-Log-Result").Single()));
        Assert.Matches("^START RequestId: .* Version: \\$LATEST\n(on stdout\non stderr\n|on stderr\non stdout\n)END RequestId: .*\nREPORT RequestId: .*Memory Size: 256 MB", log);
    }

    [Theory]
    [InlineData("worker", null)]
    [InlineData("somebody", "sqs.amazonaws.com")]
    public async Task A_function_runs_only_under_a_role_that_lets_Lambda_in(string role, string? trusted)
    {
        if (trusted is not null)
            await Lambda.CreateRoleAsync(role, trusted);
        var body = LambdaApi.Function("echo").Replace("role/worker", trusted is null ? "role/nobody" : $"role/{role}", StringComparison.Ordinal);

        var (status, type, message) = await Lambda.ErrorAsync(HttpMethod.Post, Functions, body);

        Assert.Equal((400, "InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda."), (status, type, message));
    }

    [Fact]
    public async Task A_function_has_the_key_of_its_role()
    {
        await Lambda.CreateAsync("echo");

        using var answer = await Lambda.InvokeAsync("echo", "{'do':'environment'}");

        var variables = JsonNode.Parse(await LambdaApi.TextAsync(answer))!;
        Assert.StartsWith("ASIA", (string)variables["AWS_ACCESS_KEY_ID"]!, StringComparison.Ordinal);
        Assert.NotNull(variables["AWS_SESSION_TOKEN"]);
    }

    [Fact]
    public async Task A_failed_function_is_a_200_that_says_so()
    {
        await Lambda.CreateAsync("echo");

        using var answer = await Lambda.InvokeAsync("echo", "{'do':'fail'}");

        Assert.Equal((200, "Unhandled"), ((int)answer.StatusCode, answer.Headers.GetValues("X-Amz-Function-Error").Single()));
        Assert.Equal("""{"errorType":"Broken","errorMessage":"as told"}""", await LambdaApi.TextAsync(answer));
    }

    [Fact]
    public async Task A_client_context_reaches_the_function()
    {
        await Lambda.CreateAsync("echo");

        using var answer = await Lambda.InvokeAsync("echo", "{'do':'headers'}", ("X-Amz-Client-Context", Convert.ToBase64String("{\"a\":1}"u8)));

        Assert.Equal("{\"a\":1}", (string)JsonNode.Parse(await LambdaApi.TextAsync(answer))!["Lambda-Runtime-Client-Context"]!);
    }

    [Fact]
    public async Task A_dry_run_invokes_nothing()
    {
        await Lambda.CreateAsync("python", runtime: "python3.11", handler: "main.handler");

        using var answer = await Lambda.InvokeAsync("python", "{}", ("X-Amz-Invocation-Type", "DryRun"));

        Assert.Equal(204, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_runtime_that_is_not_run_here_is_created_and_says_so_when_it_is_invoked()
    {
        await Lambda.CreateAsync("python", runtime: "python3.11", handler: "main.handler");

        Assert.Equal("python3.11", (string)(await Lambda.CallAsync(HttpMethod.Get, Functions + "/python"))["Configuration"]!["Runtime"]!);
        Assert.Equal(
            (400, "InvalidParameterValueException", "LocalCloud does not run the function python: its runtime is python3.11, and only executables are run here, with dotnet and provided runtimes."),
            await Lambda.ErrorAsync(HttpMethod.Post, Functions + "/python/invocations", "{}"));
    }

    [Fact]
    public async Task A_provided_runtime_runs_the_packages_bootstrap()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A bootstrap is a program of Linux.");
        var bootstrap = Encoding.UTF8.GetBytes($"#!/bin/sh\nexec dotnet '{TestFunctions.Assembly}'\n");
        await Lambda.CallAsync(HttpMethod.Post, Functions, LambdaApi.Function("native", runtime: "provided.al2023", handler: "any", zip: LambdaApi.Zip(("bootstrap", bootstrap))));

        using var answer = await Lambda.InvokeAsync("native", "{'a':1}");

        Assert.Equal("{\"a\":1}", await LambdaApi.TextAsync(answer));
    }

    [Fact]
    public async Task A_function_is_listed_changed_and_deleted()
    {
        await Lambda.CreateAsync("one");
        await Lambda.CreateAsync("two", runtime: "nodejs22.x", handler: "index.handler");
        var page = await Lambda.CallAsync(HttpMethod.Get, Functions + "?MaxItems=1");
        var rest = await Lambda.CallAsync(HttpMethod.Get, $"{Functions}?MaxItems=1&Marker={page["NextMarker"]}");
        Assert.Equal(["one", "two"], page["Functions"]!.AsArray().Concat(rest["Functions"]!.AsArray()).Select(function => (string)function!["FunctionName"]!));
        Assert.Null(rest["NextMarker"]);

        await Lambda.CallAsync(HttpMethod.Put, Functions + "/one/configuration", "{'Environment':{'Variables':{'TABLE':'hotels'}}}");
        using (var answer = await Lambda.InvokeAsync("arn:aws:lambda:us-east-1:000000000000:function:one:$LATEST", "{'do':'environment'}"))
            Assert.Equal("hotels", (string)JsonNode.Parse(await LambdaApi.TextAsync(answer))!["TABLE"]!);

        await Lambda.CallAsync(HttpMethod.Delete, Functions + "/one");
        Assert.Equal(
            (404, "ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:000000000000:function:one"),
            await Lambda.ErrorAsync(HttpMethod.Get, Functions + "/one/configuration"));
    }

    [Fact]
    public async Task New_code_is_run_from_the_next_invocation_on()
    {
        await Lambda.CreateAsync("f", handler: "Nothing");
        Assert.Contains("Nothing.dll", await LambdaApi.TextAsync(await Lambda.InvokeAsync("f", "{}")), StringComparison.Ordinal);
        await Lambda.CallAsync(HttpMethod.Put, Functions + "/f/code", $"{{'ZipFile':'{Convert.ToBase64String(LambdaApi.Zip(("empty", [])))}'}}");
        var before = (string)(await Lambda.CallAsync(HttpMethod.Get, Functions + "/f/configuration"))["CodeSha256"]!;

        await Lambda.CallAsync(HttpMethod.Put, Functions + "/f/configuration", "{'Handler':'TestFunction'}");
        var after = await Lambda.CallAsync(HttpMethod.Put, Functions + "/f/code", $"{{'ZipFile':'{Convert.ToBase64String(LambdaApi.Package())}'}}");

        Assert.NotEqual(before, (string)after["CodeSha256"]!);
        Assert.Equal("{\"a\":2}", await LambdaApi.TextAsync(await Lambda.InvokeAsync("f", "{'a':2}")));
    }

    [Fact]
    public async Task Reserved_concurrency_of_none_throttles_until_it_is_deleted()
    {
        await Lambda.CreateAsync("f");
        await Lambda.CallAsync(HttpMethod.Put, "/2017-10-31/functions/f/concurrency", "{'ReservedConcurrentExecutions':0}");
        Assert.Equal(0, (int)(await Lambda.CallAsync(HttpMethod.Get, "/2019-09-30/functions/f/concurrency"))["ReservedConcurrentExecutions"]!);

        Assert.Equal((429, "TooManyRequestsException", "Rate Exceeded."), await Lambda.ErrorAsync(HttpMethod.Post, Functions + "/f/invocations", "{}"));

        await Lambda.CallAsync(HttpMethod.Delete, "/2017-10-31/functions/f/concurrency");
        Assert.Equal(200, (int)(await Lambda.InvokeAsync("f", "{}")).StatusCode);
        Assert.Equal("InvalidParameterValueException", (await Lambda.ErrorAsync(HttpMethod.Put, "/2017-10-31/functions/f/concurrency", "{'ReservedConcurrentExecutions':901}")).Type);
    }

    [Fact]
    public async Task Permissions_are_statements_of_the_functions_policy()
    {
        await Lambda.CreateAsync("f", runtime: "python3.11");
        const string Statement = "{'StatementId':'sns','Action':'lambda:InvokeFunction','Principal':'sns.amazonaws.com','SourceArn':'arn:aws:sns:us-east-1:000000000000:t'}";
        await Lambda.CallAsync(HttpMethod.Post, Functions + "/f/policy", Statement);

        Assert.Equal(409, (await Lambda.ErrorAsync(HttpMethod.Post, Functions + "/f/policy", Statement)).Status);
        var policy = JsonNode.Parse((string)(await Lambda.CallAsync(HttpMethod.Get, Functions + "/f/policy"))["Policy"]!)!;
        Assert.Equal(
            """{"Sid":"sns","Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:sns:us-east-1:000000000000:t"}}}""",
            Assert.Single(policy["Statement"]!.AsArray())!.ToJsonString());

        await Lambda.CallAsync(HttpMethod.Delete, Functions + "/f/policy/sns");
        Assert.Equal("ResourceNotFoundException", (await Lambda.ErrorAsync(HttpMethod.Get, Functions + "/f/policy")).Type);
        Assert.Equal("ResourceNotFoundException", (await Lambda.ErrorAsync(HttpMethod.Delete, Functions + "/f/policy/sns")).Type);
    }

    [Fact]
    public async Task Tags_are_added_listed_and_removed()
    {
        var arn = (string)(await Lambda.CreateAsync("f", ",'Tags':{'team':'shop'}", runtime: "python3.11"))["FunctionArn"]!;
        var path = "/2017-03-31/tags/" + Uri.EscapeDataString(arn);
        await Lambda.CallAsync(HttpMethod.Post, path, "{'Tags':{'stage':'dev'}}");
        await Lambda.CallAsync(HttpMethod.Delete, path + "?tagKeys=team");

        Assert.Equal("""{"stage":"dev"}""", (await Lambda.CallAsync(HttpMethod.Get, path))["Tags"]!.ToJsonString());
    }

    [Fact]
    public async Task Event_invoke_settings_are_put_changed_read_and_deleted()
    {
        await Lambda.CreateAsync("f", runtime: "python3.11");
        const string Path = "/2019-09-25/functions/f/event-invoke-config";
        await Lambda.CallAsync(HttpMethod.Put, Path, "{'MaximumRetryAttempts':1}");
        await Lambda.CallAsync(HttpMethod.Post, Path, "{'MaximumEventAgeInSeconds':60}");

        var settings = await Lambda.CallAsync(HttpMethod.Get, Path);
        Assert.Equal((1, 60), ((int)settings["MaximumRetryAttempts"]!, (int)settings["MaximumEventAgeInSeconds"]!));
        Assert.Equal("ValidationException", (await Lambda.ErrorAsync(HttpMethod.Put, Path, "{'MaximumRetryAttempts':3}")).Type);
        await Lambda.CallAsync(HttpMethod.Delete, Path);
        Assert.Equal((404, "ResourceNotFoundException", "The function arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST doesn't have an EventInvokeConfig"), await Lambda.ErrorAsync(HttpMethod.Get, Path));
    }

    [Theory]
    [InlineData("{}", 400, "ValidationException", "1 validation error detected: Value 'null' at 'functionName' failed to satisfy constraint: Member must not be null")]
    [InlineData("{'FunctionName':7}", 400, "SerializationException", "FunctionName can not be converted to String")]
    [InlineData("[]", 400, "InvalidRequestContentException", "Could not parse request body into json: it is no object")]
    [InlineData("{'FunctionName':'f','Runtime':'python3.11','Role':'r','Handler':'h'}", 400, "ValidationException", @"1 validation error detected: Value 'r' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+")]
    [InlineData("{'FunctionName':'f','Runtime':'python3.11','Role':'arn:aws:iam::000000000000:role/r','Handler':'h','Timeout':901}", 400, "ValidationException", "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900")]
    [InlineData("{'FunctionName':'f','Runtime':'python3.11','Role':'arn:aws:iam::000000000000:role/r','Handler':'h','Code':{}}", 400, "InvalidParameterValueException", "Please provide a source for function code.")]
    [InlineData("{'FunctionName':'f','Runtime':'python3.11','Role':'arn:aws:iam::000000000000:role/r','Handler':'h','Environment':{'Variables':{'AWS_REGION':'x'}}}", 400, "InvalidParameterValueException", "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION")]
    public async Task What_a_function_may_not_be_is_Lambdas_own_error(string body, int status, string type, string message) =>
        Assert.Equal((status, type, message), await Lambda.ErrorAsync(HttpMethod.Post, Functions, body));

    [Fact]
    public async Task A_name_that_is_taken_is_a_conflict()
    {
        await Lambda.CreateAsync("f", runtime: "python3.11");

        Assert.Equal((409, "ResourceConflictException", "Function already exist: f"), await Lambda.ErrorAsync(HttpMethod.Post, Functions, LambdaApi.Function("f", runtime: "python3.11")));
    }

    [Theory]
    [InlineData("../escaped", "it has a file outside its own folder")]
    [InlineData("a/../../escaped", "it has a file outside its own folder")]
    [InlineData("/tmp/escaped", "it has a file outside its own folder")]
    public async Task A_package_that_reaches_outside_its_folder_is_refused(string name, string reason) =>
        Assert.Contains(reason, (await Lambda.ErrorAsync(HttpMethod.Post, Functions, LambdaApi.Function("f", zip: LambdaApi.Zip((name, [1]))))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_package_that_unpacks_to_more_than_250_MB_is_refused()
    {
        var bomb = LambdaApi.Zip([.. Enumerable.Range(0, 6).Select(number => ($"{number}", new byte[50 * 1024 * 1024]))]);

        Assert.Contains("it unpacks to more than 262144000 bytes", (await Lambda.ErrorAsync(HttpMethod.Post, Functions, LambdaApi.Function("f", zip: bomb))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_zip_is_refused() =>
        Assert.StartsWith("Could not unzip uploaded file.", (await Lambda.ErrorAsync(HttpMethod.Post, Functions, LambdaApi.Function("f", zip: [1, 2, 3]))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_event_must_be_JSON_of_at_most_6_MB()
    {
        await Lambda.CreateAsync("f");

        Assert.Equal("InvalidRequestContentException", (await Lambda.ErrorAsync(HttpMethod.Post, Functions + "/f/invocations", "{")).Type);
        Assert.Equal(
            (413, "RequestTooLargeException", "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)"),
            await Lambda.ErrorAsync(HttpMethod.Post, Functions + "/f/invocations", $"\"{new string('x', 6 * 1024 * 1024 - 1)}\""));
    }

    [Fact]
    public async Task A_path_that_is_no_operation_is_told() =>
        Assert.Equal((404, "UnknownOperationException", "LocalCloud's Lambda has no PATCH /2015-03-31/functions/f."), await Lambda.ErrorAsync(HttpMethod.Patch, Functions + "/f"));
}
