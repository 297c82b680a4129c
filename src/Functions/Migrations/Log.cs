using Microsoft.Extensions.Logging;

namespace Functions.Migrations;

/// <summary>What the migration logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The migration failed")]
    public static partial void MigrationFailed(this ILogger logger, Exception exception);
}
