namespace LocalCloud.S3.Cors;

/// <summary>What pages of some origins may do with a bucket.</summary>
/// <param name="Origins">Each with at most one <c>*</c>.</param>
/// <param name="Methods">GET, PUT, HEAD, POST, DELETE.</param>
/// <param name="Headers">That a request may have, each with at most one <c>*</c>.</param>
/// <param name="Exposed">That a page may read.</param>
/// <param name="MaxAge">Seconds for which a browser may remember the answer.</param>
internal sealed record CorsRule(string[] Origins, string[] Methods, string[] Headers, string[] Exposed, int? MaxAge)
{
    public bool Allows(string origin, string method, IEnumerable<string> headers) =>
        Origins.Any(pattern => Fits(pattern, origin, StringComparison.Ordinal))
        && Methods.Contains(method)
        && headers.All(header => Headers.Any(pattern => Fits(pattern, header, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The headers of the answer to a request that the rule allows.</summary>
    public void Write(S3Answer answer, string origin, string requestedHeaders)
    {
        var all = Origins.Contains("*");
        answer
            .With("Access-Control-Allow-Origin", all ? "*" : origin)
            .With("Access-Control-Allow-Methods", string.Join(", ", Methods))
            .With("Access-Control-Allow-Headers", requestedHeaders.Length == 0 ? null : requestedHeaders.ToLowerInvariant())
            .With("Access-Control-Expose-Headers", Exposed.Length == 0 ? null : string.Join(", ", Exposed))
            .With("Access-Control-Max-Age", MaxAge is null ? null : $"{MaxAge}")
            .With("Access-Control-Allow-Credentials", all ? null : "true")
            .With("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    }

    private static bool Fits(string pattern, string text, StringComparison comparison)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0 ? pattern.Equals(text, comparison)
            : text.Length >= pattern.Length - 1 && text.StartsWith(pattern[..star], comparison) && text.EndsWith(pattern[(star + 1)..], comparison);
    }
}
