namespace LocalCloud.Http;

/// <summary>A service's own error: what the caller did wrong, in the words of the service.</summary>
/// <param name="code">The error code of the Query protocol.</param>
/// <param name="message">What, which value, what to do.</param>
/// <param name="type">The shape's name in the JSON protocols, with its namespace where AWS sends one; the code by default.</param>
/// <param name="status">The HTTP status.</param>
internal class ServiceException(string code, string message, string? type = null, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public string Type { get; } = type ?? code;

    public int Status { get; } = status;

    /// <summary>Whose fault it is, in the words of the Query protocol.</summary>
    public string Fault => Status < 500 ? "Sender" : "Receiver";
}
