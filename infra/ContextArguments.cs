namespace Infra;

/// <summary>The CDK CLI's <c>-c key=value</c>, for runs without the CLI.</summary>
internal static class ContextArguments
{
    /// <exception cref="ArgumentException">An argument is not <c>-c key=value</c>.</exception>
    internal static Dictionary<string, object> Parse(IReadOnlyList<string> arguments)
    {
        var context = new Dictionary<string, object>();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (arguments[i] is not ("-c" or "--context"))
                throw new ArgumentException($"Argument '{arguments[i]}' is not known. Use -c key=value, as often as needed.");
            // Only the first '=' separates: a connection string has more of them.
            if (i + 1 == arguments.Count || arguments[i + 1].IndexOf('=', StringComparison.Ordinal) is var separator && separator < 1)
                throw new ArgumentException($"Argument '{arguments[i]}' needs key=value after it, for example -c publicApi=true.");
            context[arguments[i + 1][..separator]] = arguments[i + 1][(separator + 1)..];
        }

        return context;
    }
}
