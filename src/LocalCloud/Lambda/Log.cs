using Microsoft.Extensions.Logging;

namespace LocalCloud.Lambda;

internal static partial class LambdaLog
{
    [LoggerMessage(200, LogLevel.Debug, "Function {Function}: process {Pid} started.")]
    public static partial void ProcessStarted(ILogger logger, string function, int pid);

    [LoggerMessage(201, LogLevel.Debug, "Function {Function}: process {Pid} ended.")]
    public static partial void ProcessEnded(ILogger logger, string function, int pid);

    [LoggerMessage(202, LogLevel.Error,
        "Function {Function} did not start: {Reason}. What it printed is in the log Function.{Function}; it is started again after a pause.")]
    public static partial void StartFailed(ILogger logger, string function, string reason);

    [LoggerMessage(203, LogLevel.Information, "{Line}")]
    public static partial void Printed(ILogger logger, string line);

    [LoggerMessage(204, LogLevel.Warning, "{Line}")]
    public static partial void PrintedError(ILogger logger, string line);

    [LoggerMessage(205, LogLevel.Error, "The observer of invocations failed. Function {Function}, request {RequestId}.")]
    public static partial void ObserverFailed(ILogger logger, string function, string requestId, Exception exception);

    [LoggerMessage(210, LogLevel.Warning, "Queue {Queue} of function {Function} cannot be polled: {Reason}. It is tried again.")]
    public static partial void PollingFailed(ILogger logger, string queue, string function, string reason);

    [LoggerMessage(211, LogLevel.Information, "Queue {Queue} of function {Function} is polled again.")]
    public static partial void PollingAgain(ILogger logger, string queue, string function);

    [LoggerMessage(212, LogLevel.Warning,
        "Queue {Queue}: {Failed} of {Count} messages failed in function {Function}, request {RequestId}. They come back after their visibility timeout.")]
    public static partial void MessagesFailed(ILogger logger, string queue, string function, int failed, int count, string requestId);

    [LoggerMessage(213, LogLevel.Warning, "Queue {Queue}: {Count} messages were handled but cannot be deleted. They come back after their visibility timeout.")]
    public static partial void NotDeleted(ILogger logger, string queue, int count);

    [LoggerMessage(214, LogLevel.Error, "Queue {Queue}: a batch for function {Function} was not handled. It comes back after its visibility timeout.")]
    public static partial void BatchLost(ILogger logger, string queue, string function, Exception exception);

    [LoggerMessage(215, LogLevel.Warning,
        "Queue {Queue}: a batch of {Count} messages was throttled by function {Function}, which has no concurrency left. As on AWS, each has used up a receive.")]
    public static partial void BatchThrottled(ILogger logger, string queue, string function, int count);

    [LoggerMessage(220, LogLevel.Information, "Resources of type {Type} are not created here, {LogicalId} of stack {Stack} for example.")]
    public static partial void TypeSkipped(ILogger logger, string type, string logicalId, string stack);

    [LoggerMessage(221, LogLevel.Information,
        "Function {LogicalId} of stack {Stack} is not run: its runtime is {Runtime}, and only executables (dotnet and provided runtimes) are.")]
    public static partial void NotRun(ILogger logger, string logicalId, string stack, string runtime);

    [LoggerMessage(222, LogLevel.Information,
        "Custom resource {LogicalId} of stack {Stack} is skipped: its function has the runtime {Runtime}, which is not run here.")]
    public static partial void CustomResourceSkipped(ILogger logger, string logicalId, string stack, string runtime);

    [LoggerMessage(223, LogLevel.Information, "Rule {LogicalId} of stack {Stack} never fires: it has no schedule, and there is no event bus here.")]
    public static partial void RuleWithoutSchedule(ILogger logger, string logicalId, string stack);

    [LoggerMessage(224, LogLevel.Debug, "Output {Output} of stack {Stack} is left out: {Reason}")]
    public static partial void OutputLeftOut(ILogger logger, string output, string stack, string reason);

    [LoggerMessage(225, LogLevel.Warning, "The {What} was not deleted: {Reason}")]
    public static partial void NotRemoved(ILogger logger, string what, string reason);

    [LoggerMessage(226, LogLevel.Warning, "Not every function was ready within {Seconds} s: those that are not start with their first event")]
    public static partial void NotWarm(ILogger logger, double seconds);

    [LoggerMessage(230, LogLevel.Warning, "Policy {Arn} of role {LogicalId} of stack {Stack} is not known here: what it allows is refused. Say it in a policy of your own")]
    public static partial void PolicyNotKnown(ILogger logger, string arn, string logicalId, string stack);

    [LoggerMessage(231, LogLevel.Warning, "Function {LogicalId} of stack {Stack} has no Role, which AWS would refuse: it runs with the key test and may do everything")]
    public static partial void NoRole(ILogger logger, string logicalId, string stack);

    [LoggerMessage(232, LogLevel.Error,
        "Rule {Rule} never invokes function {Function}: no AWS::Lambda::Permission lets events.amazonaws.com do lambda:InvokeFunction with this rule as its SourceArn")]
    public static partial void RuleMayNotInvoke(ILogger logger, string rule, string function);

    [LoggerMessage(233, LogLevel.Error,
        "Route {Route} may not invoke function {Function}: no AWS::Lambda::Permission lets apigateway.amazonaws.com do lambda:InvokeFunction with the SourceArn {SourceArn}")]
    public static partial void RouteMayNotInvoke(ILogger logger, string route, string function, string sourceArn);
}
