using System.Diagnostics;

namespace LocalCloud.Lambda.Runtime;

/// <summary>
/// Gives a process the function's variables and, of this process's own, only what a program needs to start:
/// a function must not work here because of a variable that Lambda does not have.
/// </summary>
internal static class ProcessEnvironment
{
    public static void Apply(ProcessStartInfo start, IReadOnlyDictionary<string, string> variables, string runtimeApi)
    {
        var kept = start.Environment.Where(variable => IsInherited(variable.Key) || IsSetByCaller(variable.Key, variable.Value)).ToArray();
        start.Environment.Clear();
        foreach (var (name, value) in kept.Concat(variables.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value))))
            start.Environment[name] = value;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
    }

    private static bool IsInherited(string name) =>
        name is "PATH" or "HOME" or "TMPDIR" || name.StartsWith("DOTNET_", StringComparison.Ordinal)
        || (OperatingSystem.IsWindows() && name.ToUpperInvariant() is "SYSTEMROOT" or "TEMP" or "TMP" or "USERPROFILE" or "PATHEXT");

    /// <summary>A start info begins as a copy of this process's environment: what differs was put there by the one who made it.</summary>
    private static bool IsSetByCaller(string name, string? value) => value != Environment.GetEnvironmentVariable(name);
}
