namespace Messaging.Publishing;

/// <summary>Joins the steps that make a message ready.</summary>
public static class PrepareMessageExtensions
{
    /// <summary>One step after another: <c>encryption.PrepareAsync</c>, then <c>bucket.PrepareAsync</c>.</summary>
    /// <param name="first">The first step.</param>
    /// <param name="next">Gets what the first one made.</param>
    /// <returns>Both in one.</returns>
    public static PrepareMessage Then(this PrepareMessage first, PrepareMessage next) => async (message, cancellationToken) =>
        await next(await first(message, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
}
