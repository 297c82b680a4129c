using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An invocation, from the Runtime API's headers and the function's environment.</summary>
internal sealed class LambdaContext(string requestId, string functionArn, long deadline, TimeProvider time) : ILambdaContext
{
    public string AwsRequestId => requestId;

    public string InvokedFunctionArn => functionArn;

    /// <summary>Only mobile clients have one.</summary>
    public IClientContext? ClientContext => null;

    /// <summary>Only mobile clients have one.</summary>
    public ICognitoIdentity? Identity => null;

    public ILambdaLogger Logger { get; } = new LambdaConsoleLogger(requestId);

    public string FunctionName => Variable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Variable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName => Variable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Variable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB => int.TryParse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture, out var size) ? size : 0;

    public TimeSpan RemainingTime => TimeSpan.FromMilliseconds(Math.Max(0, deadline - time.GetUtcNow().ToUnixTimeMilliseconds()));

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
