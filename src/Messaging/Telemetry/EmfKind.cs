namespace Messaging.Telemetry;

/// <summary>What a line tells of the values that an instrument measured.</summary>
internal enum EmfKind
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Each of them.</summary>
    Distribution,

    /// <summary>The last.</summary>
    Last,
}
