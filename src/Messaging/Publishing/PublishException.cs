namespace Messaging.Publishing;

/// <summary>Messages did not get out, or may not have. Those of the same call that it does not name are out.</summary>
/// <param name="failures">Each message with its destination, reason and cause.</param>
public sealed class PublishException(IReadOnlyList<PublishFailure> failures) : Exception(Text(failures))
{
    private const int MostInText = 10;

    /// <summary>Each message with its destination, reason and cause.</summary>
    public IReadOnlyList<PublishFailure> Failures => failures;

    internal static void ThrowIfAny(IReadOnlyList<PublishFailure> failures)
    {
        if (failures.Count > 0)
            throw new PublishException(failures);
    }

    private static string Text(IReadOnlyList<PublishFailure> failures)
    {
        var first = failures.Take(MostInText).Select(f => $"message {f.MessageId} to '{f.Destination}' ({f.Cause}): {f.Reason}");
        var more = failures.Count > MostInText ? $" | and {failures.Count - MostInText} more" : "";
        return $"Not published, or not known to be: {string.Join(" | ", first)}{more}";
    }
}
