using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Lambda.Runtime;
using LocalCloud.Templates;

namespace LocalCloud.Tests.Lambda.Runtime;

public sealed class FunctionTests : IAsyncLifetime
{
    private readonly RecordedLogs _logs = new();
    private readonly ConcurrentQueue<Invocation> _invocations = new();
    private readonly FunctionHost _host;

    public FunctionTests() => _host = new FunctionHost(_logs, _invocations.Enqueue);

    public async ValueTask InitializeAsync() => await _host.StartAsync(null, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_function_answers_an_event()
    {
        var result = await InvokeAsync(Add(), """{"a":"ü"}"""u8.ToArray());

        Assert.Null(result.Error);
        Assert.Equal("""{"a":"ü"}""", Encoding.UTF8.GetString(result.Payload.Span));
        var invocation = Assert.Single(_invocations);
        Assert.Equal(("test", "invoke", result.RequestId), (invocation.Function, invocation.Source, invocation.RequestId));
    }

    [Fact]
    public async Task The_next_event_carries_the_headers_of_Lambda()
    {
        var before = DateTimeOffset.UtcNow;
        var result = await InvokeAsync(Add(timeout: 30), Do("headers"));

        var headers = JsonNode.Parse(result.Payload.Span)!;
        Assert.Equal(result.RequestId, headers["Lambda-Runtime-Aws-Request-Id"]!.GetValue<string>());
        Assert.Equal("arn:test", headers["Lambda-Runtime-Invoked-Function-Arn"]!.GetValue<string>());
        Assert.StartsWith("Root=1-", headers["Lambda-Runtime-Trace-Id"]!.GetValue<string>(), StringComparison.Ordinal);
        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(headers["Lambda-Runtime-Deadline-Ms"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(deadline, before.AddSeconds(29), before.AddSeconds(60));
    }

    [Fact]
    public async Task An_error_that_the_function_reports_is_the_invocations_error()
    {
        var result = await InvokeAsync(Add(), Do("fail"));

        Assert.Equal("Broken: as told", result.Error);
        Assert.Equal("""{"errorType":"Broken","errorMessage":"as told"}""", Encoding.UTF8.GetString(result.Payload.Span));
    }

    [Fact]
    public async Task A_process_that_dies_fails_its_event_at_once_and_another_takes_its_place()
    {
        var function = Add(timeout: 900);
        var first = await PidAsync(function);

        var result = await InvokeAsync(function, Do("die"));

        Assert.Equal($"Runtime.ExitError: RequestId: {result.RequestId} Error: Runtime exited with error: exit status 137", result.Error);
        Assert.NotEqual(first, await PidAsync(function));
    }

    [Fact]
    public async Task A_function_that_takes_longer_than_its_timeout_is_killed()
    {
        var function = Add(timeout: 1);
        var first = await PidAsync(function);

        var result = await InvokeAsync(function, Do("hang"));

        Assert.Equal($"Sandbox.Timedout: RequestId: {result.RequestId} Error: Task timed out after 1.00 seconds", result.Error);
        await Eventually.TrueAsync(() => !IsAlive(first), "the process that hung is gone");
        Assert.NotEqual(first, await PidAsync(function));
    }

    [Fact]
    public async Task A_warm_process_is_used_again()
    {
        var function = Add();

        Assert.Equal(await PidAsync(function), await PidAsync(function));
    }

    [Fact]
    public async Task Concurrent_events_have_processes_of_their_own_up_to_the_reserved_concurrency()
    {
        var function = Add(timeout: 5, reserved: 2);

        var hanging = InvokeAsync(function, Do("hang"));
        var second = await PidAsync(function);
        var third = await PidAsync(function);

        Assert.Equal(second, third);
        Assert.False(hanging.IsCompleted);
        Assert.StartsWith("Sandbox.Timedout", (await hanging).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_sees_its_variables_and_nothing_of_this_process_but_what_a_program_needs_to_start()
    {
        Environment.SetEnvironmentVariable("LOCALCLOUD_TEST_SECRET", "x");
        var result = await InvokeAsync(Add(("TABLE", "rooms")), Do("environment"));

        var variables = JsonNode.Parse(result.Payload.Span)!.AsObject();
        Assert.Equal("rooms", variables["TABLE"]!.GetValue<string>());
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), variables["PATH"]!.GetValue<string>());
        Assert.Null(variables["LOCALCLOUD_TEST_SECRET"]);
        Assert.DoesNotContain(variables, variable => variable.Key is not ("TABLE" or "PATH" or "HOME" or "TMPDIR" or "AWS_LAMBDA_RUNTIME_API") && !variable.Key.StartsWith("DOTNET_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_that_ends_before_its_first_event_fails_the_event_that_waits_and_says_so_in_the_log()
    {
        var result = await InvokeAsync(Add(("START", "exit")), Do("pid"));

        Assert.Equal($"Runtime.InitError: RequestId: {result.RequestId} Error: Runtime exited with error during init: exit status 3", result.Error);
        await Eventually.TrueAsync(() => _logs.Lines.Contains("Function.test: cannot go on"), "what it printed is in the log");
    }

    [Fact]
    public async Task An_init_error_fails_the_event_that_waits()
    {
        var result = await InvokeAsync(Add(("START", "error")), Do("pid"));

        Assert.Equal($"Runtime.InitError: RequestId: {result.RequestId} Error: NoDatabase: there is none", result.Error);
    }

    [Fact]
    public async Task A_process_that_does_not_ask_for_an_event_in_time_is_killed_and_fails_the_event_that_waits()
    {
        var function = _host.Add(new FunctionSettings
        {
            Name = "slow",
            Handler = "slow",
            Arn = "arn:slow",
            InitTimeout = TimeSpan.FromSeconds(1),
            Environment = new Dictionary<string, string> { ["START"] = "slowly" },
            Start = () => TestFunctions.Start("slow"),
        });

        var result = await InvokeAsync(function, Do("pid"));

        Assert.Equal($"Runtime.InitError: RequestId: {result.RequestId} Error: Init took longer than 1 s", result.Error);
        Assert.Equal(TimeSpan.FromSeconds(10), new FunctionSettings { Name = "", Handler = "", Arn = "", Environment = new Dictionary<string, string>(), Start = () => new() }.InitTimeout);
    }

    [Fact]
    public async Task What_a_function_prints_is_logged_line_by_line()
    {
        await InvokeAsync(Add(), Do("print"));

        await Eventually.TrueAsync(() => _logs.Lines.Contains("Function.test: on stdout") && _logs.Lines.Contains("Function.test: on stderr"), "both lines are logged");
    }

    [Fact]
    public async Task A_payload_over_6_MB_is_refused_before_it_is_sent()
    {
        var result = await InvokeAsync(Add(), new byte[FunctionSettings.MaximumPayload + 1]);

        Assert.Equal("RequestTooLargeException: 6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)", result.Error);
    }

    [Fact]
    public async Task A_response_over_6_MB_fails_the_invocation_and_not_the_process()
    {
        var function = Add(timeout: 20);
        var pid = await PidAsync(function);

        var result = await InvokeAsync(function, Do("large"));

        Assert.Equal("Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size (6291456 bytes).", result.Error);
        Assert.Equal(pid, await PidAsync(function));
    }

    [Fact]
    public async Task Stopping_ends_idle_and_busy_processes_within_five_seconds()
    {
        var function = Add(timeout: 900);
        var idle = await PidAsync(function);
        var hanging = InvokeAsync(function, Do("hang"));
        var start = Stopwatch.GetTimestamp();

        await _host.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.False(IsAlive(idle));
        Assert.NotNull((await hanging).Error);
    }

    [Fact]
    public async Task Idle_processes_end_but_for_the_last()
    {
        var function = Add(timeout: 60);
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n"));
        var waiting = InvokeAsync(function, Encoding.UTF8.GetBytes($$"""{"do":"wait","for":"{{file}}"}"""));
        await PidAsync(function);
        Assert.Equal(2, function.Processes.Count);
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        Assert.Null((await waiting).Error);
        File.Delete(file);

        await Eventually.TrueAsync(
            () =>
            {
                function.Processes.Trim(TimeSpan.Zero);
                return function.Processes.Count == 1;
            },
            "one of them ends");

        var last = await PidAsync(function);
        function.Processes.Trim(TimeSpan.Zero);
        Assert.Equal(last, await PidAsync(function));
    }

    [Fact]
    public async Task A_function_is_warm_when_its_process_has_asked_for_an_event()
    {
        var function = Add();

        await function.Processes.WarmAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(1, function.Processes.Count);
        await function.Processes.WarmAsync();
        Assert.Equal(1, function.Processes.Count);
    }

    [Fact]
    public async Task A_retired_function_keeps_no_process_and_still_answers()
    {
        var function = Add();
        var first = await PidAsync(function);

        function.Processes.Retire();
        await Eventually.TrueAsync(() => function.Processes.Count == 0, "no process is kept");

        Assert.NotEqual(first, await PidAsync(function));
        await Eventually.TrueAsync(() => function.Processes.Count == 0, "no process is kept");
    }

    [Fact]
    public async Task A_process_whose_Runtime_API_is_gone_ends_by_itself()
    {
        var pid = await PidAsync(Add());

        await _host.Api.DisposeAsync();

        await Eventually.TrueAsync(() => !IsAlive(pid), "the process has ended");
    }

    [Fact]
    public async Task A_function_with_no_concurrency_is_throttled() =>
        Assert.Equal("TooManyRequestsException: Rate Exceeded.", (await InvokeAsync(Add(timeout: 1, reserved: 0), Do("pid"))).Error);

    [Fact]
    public async Task An_invocation_that_nobody_waits_for_goes_on_and_is_observed()
    {
        using var patience = new CancellationTokenSource();
        var function = Add(timeout: 1);
        await PidAsync(function);

        var invocation = function.InvokeAsync("http", Do("hang"), cancellationToken: patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invocation);
        await Eventually.TrueAsync(() => _invocations.Any(seen => seen.Source == "http" && seen.Error!.StartsWith("Sandbox.Timedout", StringComparison.Ordinal)), "its end is observed");
    }

    [Fact]
    public async Task An_observer_that_throws_has_no_effect_on_the_result()
    {
        await using var host = new FunctionHost(_logs, _ => throw new InvalidOperationException("observer"));
        await host.StartAsync(null, TestContext.Current.CancellationToken);

        Assert.True(await PidAsync(Add(host, 10, null)) > 0);
        Assert.Contains(_logs.Lines, line => line.Contains("The observer of invocations failed.", StringComparison.Ordinal));
    }

    private LambdaFunction Add(params ReadOnlySpan<(string Name, string Value)> variables) => Add(10, null, variables);

    private LambdaFunction Add(int timeout, int? reserved = null, params ReadOnlySpan<(string Name, string Value)> variables) => Add(_host, timeout, reserved, variables);

    private static LambdaFunction Add(FunctionHost host, int timeout, int? reserved, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in variables)
            environment[name] = value;
        return host.Add(new FunctionSettings
        {
            Name = "test-function",
            Handler = "test",
            Arn = "arn:test",
            Timeout = TimeSpan.FromSeconds(timeout),
            ReservedConcurrency = reserved,
            Environment = environment,
            Start = () => TestFunctions.Start("test"),
        });
    }

    private static Task<InvocationResult> InvokeAsync(LambdaFunction function, byte[] payload) =>
        function.InvokeAsync("invoke", payload, cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<int> PidAsync(LambdaFunction function)
    {
        var result = await InvokeAsync(function, Do("pid"));
        Assert.Null(result.Error);
        return int.Parse(Encoding.UTF8.GetString(result.Payload.Span), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Do(string what) => Encoding.UTF8.GetBytes($$"""{"do":"{{what}}"}""");

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
