namespace Local;

/// <summary>Another emulator.</summary>
internal static class ForeignEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Makes sure that something speaks HTTP there, whatever it says.</summary>
    /// <exception cref="CannotStartException">Nothing does.</exception>
    public static async Task CheckAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var response = await http.GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CannotStartException($"Nothing answers at {endpoint.GetLeftPart(UriPartial.Authority)}: start the emulator, or leave --endpoint out.", e);
        }
    }
}
