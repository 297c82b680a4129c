using System.Buffers;
using System.Text;
using System.Text.Json;
using LocalCloud.Templates;

namespace LocalCloud.Lambda.Runtime;

/// <summary>Failed invocations in Lambda's own words.</summary>
internal static class LambdaFailure
{
    public static InvocationResult TimedOut(string requestId, TimeSpan timeout) =>
        Of(requestId, "Sandbox.Timedout", $"RequestId: {requestId} Error: Task timed out after {timeout.TotalSeconds:F2} seconds");

    public static InvocationResult Exited(string requestId, int exitCode) =>
        Of(requestId, "Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited with error: exit status {exitCode}");

    public static InvocationResult InitFailed(string requestId, string reason) =>
        Of(requestId, "Runtime.InitError", $"RequestId: {requestId} Error: {reason}");

    public static InvocationResult ResponseTooLarge(string requestId) => Of(
        requestId,
        "Function.ResponseSizeTooLarge",
        $"Response payload size exceeded maximum allowed payload size ({FunctionSettings.MaximumPayload} bytes).");

    public static InvocationResult RequestTooLarge(string requestId, int size) => Of(
        requestId,
        "RequestTooLargeException",
        $"{size} byte payload is too large for the RequestResponse invocation type (limit {FunctionSettings.MaximumPayload} bytes)");

    public const string ThrottlingError = "TooManyRequestsException";

    public static bool IsThrottled(InvocationResult result) => result.Error?.StartsWith(ThrottlingError, StringComparison.Ordinal) == true;

    public static bool IsShuttingDown(InvocationResult result) => result.Error?.StartsWith("Runtime.Shutdown", StringComparison.Ordinal) == true;

    public static InvocationResult Throttled(string requestId) => Of(requestId, ThrottlingError, "Rate Exceeded.");

    public static InvocationResult ShuttingDown(string requestId) =>
        Of(requestId, "Runtime.Shutdown", $"RequestId: {requestId} Error: the deployment is stopping");

    /// <summary>What the function itself reported; <paramref name="body"/> stays as it was sent.</summary>
    public static InvocationResult Reported(string requestId, ReadOnlyMemory<byte> body, string? errorType)
    {
        var (type, message) = Read(body.Span);
        return new InvocationResult(requestId, body, $"{type ?? errorType ?? "Unhandled"}: {message ?? "the function failed"}");
    }

    private static InvocationResult Of(string requestId, string type, string message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("errorType", type);
            writer.WriteString("errorMessage", message);
            writer.WriteEndObject();
        }
        return new InvocationResult(requestId, buffer.WrittenMemory, $"{type}: {message}");
    }

    private static (string? Type, string? Message) Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (Member(document.RootElement, "errorType"), Member(document.RootElement, "errorMessage"))
                : (null, document.RootElement.ToString());
        }
        catch (JsonException)
        {
            return (null, body.IsEmpty ? null : Encoding.UTF8.GetString(body[..Math.Min(body.Length, 1024)]));
        }
    }

    private static string? Member(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
