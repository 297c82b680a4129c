using System.Runtime.Versioning;

namespace Local;

/// <summary>A folder for what lives as long as the process: gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const int MostAttempts = 20;

    public ScratchFolder()
    {
        // Others may pass through it but not look into it: PostgreSQL runs under another account where this process is root's.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(Parent(), $"serverless-{Guid.NewGuid():n}")).FullName;

    /// <summary>A folder inside it.</summary>
    public string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    // The account that PostgreSQL gets instead of root must be able to pass: a temporary folder that only root can enter is of no use then.
    private static string Parent()
    {
        var usual = System.IO.Path.GetTempPath();
        return OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess || IsOpenToAll(usual) ? usual : "/tmp";
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsOpenToAll(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (!at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }

    public void Dispose()
    {
        // A child that was killed a moment ago may still be writing: the folder is empty in the end.
        for (var attempt = 1; Directory.Exists(Path); attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (attempt < MostAttempts)
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
