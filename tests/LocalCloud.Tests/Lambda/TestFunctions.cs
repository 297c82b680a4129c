using System.Diagnostics;

namespace LocalCloud.Tests.Lambda;

/// <summary>Starts tests/TestFunction, which does what the event says.</summary>
internal static class TestFunctions
{
    public static readonly string Assembly = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "TestFunction", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "TestFunction.dll"));

    public static ProcessStartInfo Start(string handler) => new(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [Assembly]);
}
