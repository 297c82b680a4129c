namespace Amazon.Lambda.Core;

/// <summary>How much a log message matters.</summary>
public enum LogLevel
{
    /// <summary>For following every step.</summary>
    Trace = 0,

    /// <summary>For looking for an error.</summary>
    Debug = 1,

    /// <summary>The normal course of things.</summary>
    Information = 2,

    /// <summary>Unexpected, and handled.</summary>
    Warning = 3,

    /// <summary>An operation failed.</summary>
    Error = 4,

    /// <summary>The program cannot go on.</summary>
    Critical = 5,
}
