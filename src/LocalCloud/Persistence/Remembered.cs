namespace LocalCloud.Persistence;

/// <summary>An id in a deduplication window.</summary>
/// <param name="Group">The group when ids count per group only, else null.</param>
/// <param name="Id">The deduplication id.</param>
/// <param name="Until">When it is forgotten, in milliseconds since 1970.</param>
/// <param name="Value">What the first use of the id was answered with.</param>
internal readonly record struct Remembered<T>(string? Group, string Id, long Until, T Value);
