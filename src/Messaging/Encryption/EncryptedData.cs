using System.Buffers;

namespace Messaging.Encryption;

/// <summary>What of a message's data is encrypted: all of it, or some of its members.</summary>
public sealed class EncryptedData
{
    private const int MostPaths = 20;
    private const int LongestList = 512;
    private static readonly SearchValues<char> AllowedInPaths = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private EncryptedData(IReadOnlyList<string> paths) => Paths = [.. paths.Select(path => path.Split('.'))];

    /// <summary>The whole data.</summary>
    public static EncryptedData Whole { get; } = new([]);

    /// <summary>The names on the way to each member; none where the whole data is encrypted.</summary>
    internal IReadOnlyList<string[]> Paths { get; }

    /// <summary>As it stands in the envelope; null where the whole data is encrypted.</summary>
    internal string? List => Paths.Count == 0 ? null : string.Join(',', Paths.Select(path => string.Join('.', path)));

    /// <summary>These members, whatever their values are. A list on the way stands for each of its elements.</summary>
    /// <param name="paths">
    /// 1 to 20, as the names stand in the JSON, joined by dots: <c>guest.name</c>. Names have letters, digits, <c>_</c> and <c>-</c>; 512 characters in all.
    /// </param>
    /// <returns>What to set as <c>OutgoingMessage.Encryption</c>.</returns>
    /// <exception cref="ArgumentException">There is none, too many, one that is no path, or one inside another.</exception>
    public static EncryptedData Members(params IReadOnlyList<string> paths) => Parse(paths, out var fault) ?? throw new ArgumentException(fault, nameof(paths));

    /// <summary>The same from the words of a contract: <c>$</c> alone is the whole data.</summary>
    /// <param name="paths">Paths of members, or <c>$</c>.</param>
    /// <returns>What to set as <c>OutgoingMessage.Encryption</c>.</returns>
    /// <exception cref="ArgumentException">There is none, too many, one that is no path, or one inside another.</exception>
    public static EncryptedData Of(IReadOnlyList<string> paths) => paths is ["$"] ? Whole : Members(paths);

    /// <summary>What an envelope tells; null where it is no list of paths.</summary>
    internal static EncryptedData? Parse(string? list) => list is null ? Whole : Parse(list.Split(','), out _);

    /// <summary>Whether a message that is encrypted like this keeps secret what is demanded here.</summary>
    internal bool IsKeptBy(DataEncryption? encryption) =>
        encryption is not null && Parse(encryption.Members) is { } other
        && (other.Paths.Count == 0 || (Paths.Count > 0 && Paths.All(path => other.Paths.Any(theirs => theirs.AsSpan().SequenceEqual(path)))));

    private static EncryptedData? Parse(IReadOnlyList<string> paths, out string? fault)
    {
        fault = paths.Count is 0 or > MostPaths ? $"{paths.Count} members are to be encrypted; name 1 to {MostPaths}, or take {nameof(Whole)}."
            : paths.Sum(path => path.Length + 1) > LongestList ? $"The paths of the encrypted members have more than {LongestList} characters. Encrypt the member above them, or the whole data."
            : paths.FirstOrDefault(path => path.AsSpan().ContainsAnyExcept(AllowedInPaths) || path.Split('.').Contains("")) is { } odd
                ? $"'{odd}' is no path of a member: join names of letters, digits, _ and - by dots."
            : paths.Where((path, i) => paths.Where((_, j) => j != i).Any(other => $"{path}.".StartsWith($"{other}.", StringComparison.OrdinalIgnoreCase))).FirstOrDefault() is { } inner
                ? $"'{inner}' is named twice, or inside another member that is encrypted."
            : null;
        return fault is null ? new(paths) : null;
    }
}
