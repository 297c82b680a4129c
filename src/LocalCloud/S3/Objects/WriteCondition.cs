using LocalCloud.S3.Content;

namespace LocalCloud.S3.Objects;

/// <summary>What must hold of the object that is there for a write to happen. Nothing is there after a delete.</summary>
/// <param name="IfMatch">The entity tag it must have, or <c>*</c>.</param>
/// <param name="IfNoneMatch">Whether there must be none.</param>
internal sealed record WriteCondition(string? IfMatch, bool IfNoneMatch)
{
    public static WriteCondition None { get; } = new(null, false);

    /// <exception cref="Http.ServiceException">If-None-Match is not <c>*</c>, which S3 has no other for.</exception>
    public static WriteCondition Read(S3Call call) => call.Header("If-None-Match") switch
    {
        null => new(call.Header("If-Match"), false),
        _ when call.Header("If-Match") is not null => throw S3Error.NotImplemented("write with both If-Match and If-None-Match"),
        "*" => new(null, true),
        _ => throw S3Error.NotImplemented("write with an If-None-Match other than *"),
    };

    /// <exception cref="Http.ServiceException">It does not hold.</exception>
    public void Check(ObjectVersion? current)
    {
        if (IfNoneMatch && current is not null)
        {
            throw S3Error.PreconditionFailed();
        }

        if (IfMatch is not null && !ETag.IsIn(IfMatch, (current ?? throw S3Error.NoSuchKey()).ETag))
        {
            throw S3Error.PreconditionFailed();
        }
    }
}
