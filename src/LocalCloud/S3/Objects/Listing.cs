namespace LocalCloud.S3.Objects;

/// <summary>One page of a listing: what is under a prefix, with everything behind the next delimiter rolled up into one common prefix.</summary>
/// <param name="Items">In the order of their keys.</param>
/// <param name="Prefixes">In the same order.</param>
/// <param name="Next">When there is more: the last key or prefix of this page.</param>
/// <param name="LastItem">When there is more and the page ends with an item: that item.</param>
internal sealed record Listing<T>(List<T> Items, List<string> Prefixes, string? Next, T? LastItem)
    where T : class
{
    public bool IsTruncated => Next is not null;

    /// <param name="sorted">By key, and beginning behind <paramref name="after"/>.</param>
    /// <param name="keyOf">The key of an item.</param>
    /// <param name="prefix">What keys begin with.</param>
    /// <param name="delimiter">Empty for none.</param>
    /// <param name="after">Where the last page ended: a common prefix that was given is not given again.</param>
    /// <param name="most">How many items and prefixes.</param>
    public static Listing<T> Of(IEnumerable<T> sorted, Func<T, string> keyOf, string prefix, string delimiter, string after, int most)
    {
        var page = new Listing<T>([], [], null, null);
        string? rolled = null;
        string? last = null;
        T? lastItem = null;
        foreach (var item in sorted)
        {
            var key = keyOf(item);
            if (!key.StartsWith(prefix, StringComparison.Ordinal) || (rolled is not null && key.StartsWith(rolled, StringComparison.Ordinal)))
            {
                continue;
            }

            var end = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            if (end >= 0 && key[..(end + delimiter.Length)] is var common && common == after)
            {
                continue;
            }

            if (page.Items.Count + page.Prefixes.Count == most)
            {
                return most == 0 ? page : page with { Next = last, LastItem = lastItem };
            }

            if (end < 0)
            {
                page.Items.Add(item);
                (last, lastItem) = (key, item);
            }
            else
            {
                rolled = key[..(end + delimiter.Length)];
                page.Prefixes.Add(rolled);
                (last, lastItem) = (rolled, null);
            }
        }

        return page;
    }
}
