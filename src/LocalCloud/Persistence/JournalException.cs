namespace LocalCloud.Persistence;

/// <summary>A journal that cannot be used: another process has it, it is broken, or a newer version wrote it. The message names the file and says what to do.</summary>
public sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
