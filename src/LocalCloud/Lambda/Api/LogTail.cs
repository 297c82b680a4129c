using System.Globalization;
using System.Text;
using LocalCloud.Templates;

namespace LocalCloud.Lambda.Api;

/// <summary>The end of an invocation's log, with the lines that Lambda puts around what the function printed.</summary>
internal static class LogTail
{
    private const int MaximumBytes = 4 * 1024;

    /// <summary>In base64, of at most 4 KB.</summary>
    public static string Of(InvocationResult result, int memorySize)
    {
        var milliseconds = result.Duration.TotalMilliseconds.ToString("F2", CultureInfo.InvariantCulture);
        var billed = Math.Ceiling(result.Duration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        var text = $"START RequestId: {result.RequestId} Version: $LATEST\n{result.Log}END RequestId: {result.RequestId}\n"
            + $"REPORT RequestId: {result.RequestId}\tDuration: {milliseconds} ms\tBilled Duration: {billed} ms\tMemory Size: {memorySize} MB\t\n";
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToBase64String(bytes.AsSpan(Math.Max(0, bytes.Length - MaximumBytes)));
    }
}
