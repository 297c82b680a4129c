namespace LocalCloud.Sqs;

/// <summary>The rules for queue names, and what a name and the FifoQueue attribute say together.</summary>
internal static class QueueName
{
    private const int Longest = 80;
    private const string FifoSuffix = ".fifo";

    /// <exception cref="Http.ServiceException">The name is not valid, or does not fit FifoQueue.</exception>
    public static QueueSettings SettingsFor(string name, IReadOnlyDictionary<string, string> attributes)
    {
        var fifo = name.EndsWith(FifoSuffix, StringComparison.Ordinal);
        if (attributes.TryGetValue("FifoQueue", out var wanted) && wanted != "true")
        {
            throw wanted == "false" ? SqsError.UnknownAttribute("FifoQueue") : SqsError.InvalidAttributeValue("FifoQueue");
        }

        if (wanted is not null && !(fifo && IsValid(name[..^FifoSuffix.Length], name.Length)))
        {
            throw SqsError.InvalidParameter(
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }

        return wanted is not null || IsValid(name, name.Length)
            ? new QueueSettings { IsFifo = fifo }
            : throw SqsError.InvalidParameter("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.");
    }

    private static bool IsValid(string name, int length) =>
        name.Length > 0 && length <= Longest && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
