using Microsoft.Extensions.Logging;

namespace Local;

/// <summary>What happens, line by line on standard error: standard output is for what the user asked for.</summary>
internal static class ConsoleLogs
{
    /// <param name="quiet">Only what goes wrong, and nothing that functions print.</param>
    public static ILoggerFactory Create(bool quiet = false) => LoggerFactory.Create(builder => builder
        .SetMinimumLevel(quiet ? LogLevel.Error : LogLevel.Information)
        .AddFilter("Function", quiet ? LogLevel.None : LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)

        // A port in use: told in one sentence elsewhere.
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
        .AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.TimestampFormat = "HH:mm:ss.fff ";
        })
        .AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace));
}
