using System.Globalization;

namespace LocalCloud.Persistence;

/// <summary>The folder of a journal, held by one process at a time, with its files in the order in which they were begun.</summary>
internal sealed class JournalFolder : IDisposable
{
    private const string Prefix = "journal-";

    private readonly string _path;
    private readonly FileStream _lock;

    private long _last;

    private JournalFolder(string path, FileStream held)
    {
        (_path, _lock) = (path, held);
        _last = Files().Select(Number).LastOrDefault();
    }

    /// <exception cref="JournalException">Another process has it, or it cannot be made.</exception>
    public static JournalFolder Open(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The folder {path} cannot be made: {refused.Message}", refused);
        }

        try
        {
            return new JournalFolder(path, new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when (IsHeld(held))
        {
            throw new JournalException($"Another process uses the folder {path}: stop it first, or choose another folder.", held);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The folder {path} cannot be written: {refused.Message}", refused);
        }
    }

    /// <summary>The files, the oldest first.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(_path, Prefix + "*").Where(file => Number(file) > 0).OrderBy(Number)];

    /// <summary>The name of a file later than all others.</summary>
    public string Next() => Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{++_last:D8}"));

    public void Dispose() => _lock.Dispose();

    // ERROR_SHARING_VIOLATION; EAGAIN of Linux and of macOS.
    private static bool IsHeld(IOException refused) => OperatingSystem.IsWindows() ? refused.HResult == unchecked((int)0x80070020) : refused.HResult is 11 or 35;

    private static long Number(string file) =>
        long.TryParse(Path.GetFileName(file).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
