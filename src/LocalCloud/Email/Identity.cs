namespace LocalCloud.Email;

/// <summary>An address or a domain that mail is sent from. Verified at once: whatever is not one may send here too.</summary>
/// <param name="Name">The address or the domain.</param>
/// <param name="ConfigurationSet">Its default configuration set, if any.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record Identity(string Name, string? ConfigurationSet, IReadOnlyDictionary<string, string> Tags)
{
    public bool IsDomain => !Name.Contains('@', StringComparison.Ordinal);

    public string Type => IsDomain ? "DOMAIN" : "EMAIL_ADDRESS";
}
