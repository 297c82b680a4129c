namespace Amazon.Lambda.Core;

/// <summary>Writes to the function's log.</summary>
public interface ILambdaLogger
{
    /// <summary>Writes a message without a line break.</summary>
    void Log(string message);

    /// <summary>Writes a message on a line of its own.</summary>
    void LogLine(string message);

    /// <summary>Writes a message with a level.</summary>
    void Log(string level, string message) => LogLine(message);

    /// <summary>Writes a message with a level.</summary>
    void Log(LogLevel level, string message) => Log(level.ToString(), message);

    /// <summary>Writes information.</summary>
    void LogInformation(string message) => Log(LogLevel.Information, message);

    /// <summary>Writes a warning.</summary>
    void LogWarning(string message) => Log(LogLevel.Warning, message);

    /// <summary>Writes an error.</summary>
    void LogError(string message) => Log(LogLevel.Error, message);
}
