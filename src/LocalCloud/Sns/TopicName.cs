namespace LocalCloud.Sns;

/// <summary>The rules for topic names.</summary>
internal static class TopicName
{
    private const string FifoSuffix = ".fifo";

    /// <exception cref="Http.ServiceException">The name is not valid for its type of topic.</exception>
    public static void Check(string name, bool fifo)
    {
        var stem = fifo && name.EndsWith(FifoSuffix, StringComparison.Ordinal) ? name[..^FifoSuffix.Length] : name;
        if (fifo && ReferenceEquals(stem, name))
        {
            throw SnsError.InvalidParameter("Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.");
        }

        if (stem.Length == 0 || name.Length > 256 || !stem.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw SnsError.InvalidParameter("Topic Name");
        }
    }
}
