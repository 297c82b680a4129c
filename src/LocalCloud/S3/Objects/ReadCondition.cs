using System.Globalization;
using LocalCloud.S3.Content;

namespace LocalCloud.S3.Objects;

/// <summary>The conditional headers of a read, or of a copy's source, with the precedence of RFC 9110: tags decide before times.</summary>
internal sealed class ReadCondition(S3Call call, string prefix = "")
{
    /// <exception cref="Http.ServiceException">PreconditionFailed.</exception>
    /// <returns>Whether it is what the client has already: a read answers 304.</returns>
    public bool IsKnown(ObjectVersion version)
    {
        if (call.Header(prefix + "If-Match") is { } match)
        {
            Require(ETag.IsIn(match, version.ETag));
        }
        else if (Time("If-Unmodified-Since") is { } unmodified)
        {
            Require(Seconds(version) <= unmodified);
        }

        return call.Header(prefix + "If-None-Match") is { } none
            ? ETag.IsIn(none, version.ETag)
            : Time("If-Modified-Since") is { } modified && Seconds(version) <= modified;
    }

    public static void Require(bool condition)
    {
        if (!condition)
        {
            throw S3Error.PreconditionFailed();
        }
    }

    // What clients know is the Last-Modified header, which has whole seconds.
    private static long Seconds(ObjectVersion version) => version.At.ToUnixTimeSeconds();

    // A date that cannot be read is ignored, as RFC 9110 has it.
    private long? Time(string header) =>
        DateTimeOffset.TryParse(call.Header(prefix + header), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds() : null;
}
