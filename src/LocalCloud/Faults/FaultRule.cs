namespace LocalCloud.Faults;

/// <summary>One kind of fault for the calls of one action, of one service, or of all.</summary>
public sealed record FaultRule
{
    /// <summary>As in signatures, such as <c>sqs</c>; <c>*</c> for all. At most 100 characters.</summary>
    public string Service { get; init; } = "*";

    /// <summary>As in the service's model, such as <c>SendMessage</c>; <c>*</c> for all. For <see cref="FaultKind.Duplicate"/> and <see cref="FaultKind.Reorder"/> the name of a queue, as a message meets them however it came.</summary>
    public string Action { get; init; } = "*";

    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>0 to 1: the share of calls, messages or batch entries that it hits; 1 by default.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>0 to 15 minutes, by the server's clock. One second by default; only some kinds use it.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    internal bool IsFor(string service, string? action) => (Service == "*" || Service == service) && (Action == "*" || Action == action);
}
