using System.Buffers;

namespace Messaging.Telemetry;

/// <summary>Whether and where metrics go in CloudWatch's Embedded Metric Format, by environment variables.</summary>
internal static class EmfOutput
{
    private const string DefaultNamespace = "Messaging";
    private static readonly SearchValues<char> NamespaceCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_/#: ");

    /// <summary>The collector, or null: <c>EMF</c> is <c>on</c> or <c>off</c>, and where it is not set, on under Lambda only.</summary>
    /// <param name="variable">Reads a variable.</param>
    /// <param name="time">The clock.</param>
    /// <param name="write">Gets the lines.</param>
    /// <exception cref="InvalidOperationException"><c>EMF</c> or <c>AWS_EMF_NAMESPACE</c> has a value that it cannot have.</exception>
    public static EmfCollector? Create(Func<string, string?> variable, TimeProvider time, Action<ReadOnlySpan<byte>> write)
    {
        var on = variable("EMF") switch
        {
            "on" => true,
            "off" => false,
            null or "" => variable("AWS_LAMBDA_FUNCTION_NAME") is { Length: > 0 },
            var other => throw new InvalidOperationException($"The environment variable EMF is '{other}'. Set it to 'on' or 'off', or not at all: then it is on under Lambda."),
        };
        return on ? new(Namespace(variable("AWS_EMF_NAMESPACE")), time, write) : null;
    }

    private static string Namespace(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return DefaultNamespace;
        if (value.Length > 255 || value[0] == ':' || value.StartsWith("AWS/", StringComparison.Ordinal) || string.IsNullOrWhiteSpace(value)
            || value.AsSpan().ContainsAnyExcept(NamespaceCharacters))
            throw new InvalidOperationException($"The environment variable AWS_EMF_NAMESPACE is '{value}'. A namespace of CloudWatch has up to 255 letters, digits, spaces and .-_/#: and does not begin with ':' or 'AWS/'.");
        return value;
    }
}
