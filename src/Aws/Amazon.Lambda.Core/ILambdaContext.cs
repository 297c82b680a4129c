namespace Amazon.Lambda.Core;

/// <summary>What Lambda says about an invocation.</summary>
public interface ILambdaContext
{
    /// <summary>The invocation's id.</summary>
    string AwsRequestId { get; }

    /// <summary>The mobile client that invoked the function; null for all other invokers.</summary>
    IClientContext? ClientContext { get; }

    /// <summary>The function's name.</summary>
    string FunctionName { get; }

    /// <summary>The function's version, or <c>$LATEST</c>.</summary>
    string FunctionVersion { get; }

    /// <summary>The Cognito identity of the mobile client; null for all other invokers.</summary>
    ICognitoIdentity? Identity { get; }

    /// <summary>The ARN that was invoked: with an alias or a version, if that was named.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>Writes to the function's log.</summary>
    ILambdaLogger Logger { get; }

    /// <summary>The function's log group.</summary>
    string LogGroupName { get; }

    /// <summary>The log stream of this environment.</summary>
    string LogStreamName { get; }

    /// <summary>The function's memory, in MiB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>Time left until Lambda ends the invocation; never negative.</summary>
    TimeSpan RemainingTime { get; }
}
