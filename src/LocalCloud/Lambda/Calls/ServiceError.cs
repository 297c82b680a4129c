namespace LocalCloud.Lambda.Calls;

/// <summary>What a service, or the way to it, answered instead of a result. The message is the service's own sentence.</summary>
internal sealed class ServiceError(string code, string message, Exception? cause = null) : Exception($"{code}: {message}", cause)
{
    /// <summary>Without a namespace: <c>QueueDoesNotExist</c>, <c>AuthorizationError</c>.</summary>
    public string Code => code;
}
