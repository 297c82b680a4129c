using LocalCloud.Lambda.Functions;

namespace LocalCloud.Lambda.Events;

/// <summary>Whose events a queue holds, and where their outcomes go.</summary>
/// <param name="Find">The function as it is now; null when it is deleted.</param>
/// <param name="Destinations">Where outcomes go.</param>
internal sealed record EventQueueOwner(Func<Function?> Find, Destinations Destinations);
