namespace LocalCloud.S3.Objects;

/// <summary>The storage classes an object may have.</summary>
internal static class StorageClass
{
    public const string Standard = "STANDARD";

    private static readonly string[] All =
        [Standard, "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"];

    /// <summary>The one that a header names, STANDARD for none.</summary>
    /// <exception cref="Http.ServiceException">There is no such class.</exception>
    public static string Of(string? header) => header is null ? Standard : IsKnown(header) ? header : throw S3Error.InvalidStorageClass();

    public static bool IsKnown(string name) => All.Contains(name);

    /// <summary>Whether the object must be restored before it can be read.</summary>
    public static bool IsArchive(string name) => name is "GLACIER" or "DEEP_ARCHIVE";
}
