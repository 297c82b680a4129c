using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;

namespace LocalCloud.Lambda.Code;

/// <summary>A function's zipped code, unpacked into a folder that goes away with it.</summary>
internal sealed class CodePackage : IDisposable
{
    private CodePackage(byte[] zip)
    {
        Size = zip.Length;
        Sha256 = Convert.ToBase64String(SHA256.HashData(zip));
        Folder = Directory.CreateTempSubdirectory("localcloud-function-").FullName;
    }

    /// <summary>Of the zip, in bytes.</summary>
    public long Size { get; }

    /// <summary>Of the zip, in base64.</summary>
    public string Sha256 { get; }

    public string Folder { get; }

    /// <exception cref="InvalidDataException">It is no zip, or unpacks to something that is refused: the message says what.</exception>
    public static CodePackage Unpack(byte[] zip)
    {
        var package = new CodePackage(zip);
        try
        {
            package.Extract(zip);
            return package;
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }

    /// <summary>The command that runs it: <c>bootstrap</c> where there is one, else the assembly that the handler names.</summary>
    /// <exception cref="InvalidDataException">There is neither.</exception>
    public ProcessStartInfo Start(string runtime, string handler)
    {
        var bootstrap = Path.Combine(Folder, "bootstrap");
        if (runtime.StartsWith("provided", StringComparison.Ordinal) && File.Exists(bootstrap))
            return new ProcessStartInfo(bootstrap) { WorkingDirectory = Folder };
        var assembly = Path.Combine(Folder, $"{Path.GetFileName(handler)}.dll");
        if (runtime.StartsWith("dotnet", StringComparison.Ordinal) && File.Exists(assembly))
            return new ProcessStartInfo("dotnet", [assembly]) { WorkingDirectory = Folder };
        throw new InvalidDataException(runtime.StartsWith("provided", StringComparison.Ordinal)
            ? "its code has no file 'bootstrap' at the root"
            : $"its code has no '{handler}.dll' at the root: only executable assemblies are run here, whose handler is the assembly's name");
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A process that was killed a moment ago may still hold a file; the folder is in the temporary one.
        }
    }

    private void Extract(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip, writable: false));
        if (archive.Entries.Count is 0 or > Limits.UnpackedFiles)
            throw new InvalidDataException($"it has {archive.Entries.Count} files: 1 to {Limits.UnpackedFiles} are taken");
        var left = Limits.UnpackedBytes;
        var root = Folder + Path.DirectorySeparatorChar;
        foreach (var entry in archive.Entries)
        {
            var path = Path.GetFullPath(Path.Combine(Folder, entry.FullName));
            if (!path.StartsWith(root, StringComparison.Ordinal))
                throw new InvalidDataException("it has a file outside its own folder");
            if (entry.FullName.EndsWith('/'))
            {
                Directory.CreateDirectory(path);
                continue;
            }
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            left = Copy(entry, path, left);
            if (!OperatingSystem.IsWindows() && path == root + "bootstrap")
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }
    }

    // What a zip says of its sizes is not to be believed: the bytes that come out are counted.
    private static long Copy(ZipArchiveEntry entry, string path, long left)
    {
        using var source = entry.Open();
        using var target = File.Create(path);
        var buffer = new byte[64 * 1024];
        while (source.Read(buffer) is var count and > 0)
        {
            left -= count;
            if (left < 0)
                throw new InvalidDataException($"it unpacks to more than {Limits.UnpackedBytes} bytes");
            target.Write(buffer, 0, count);
        }
        return left;
    }
}
