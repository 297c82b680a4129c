using Microsoft.Extensions.Logging;

namespace LocalCloud.Persistence;

/// <summary>Brings the stores to where the files of a journal left them.</summary>
internal static class Replay
{
    /// <exception cref="JournalException">A file is broken, of another version, or of a service that is unknown here.</exception>
    public static void Run(IReadOnlyList<string> files, IReadOnlyList<IPersistent> stores, ILogger logger)
    {
        for (var i = 0; i < files.Count; i++)
        {
            var length = new FileInfo(files[i]).Length;
            var end = JournalReader.Read(files[i], (ref record) => Hand(ref record, stores));
            if (end == length)
            {
                continue;
            }

            if (i < files.Count - 1)
            {
                throw new JournalException(
                    $"{files[i]} ends in the middle of a record at byte {end}, and a later file follows. Restore the folder from a copy; or, to go on without the later files, move them away.");
            }

            CutOff(files[i], end, length, logger);
        }
    }

    // So that the file is whole when it is no longer the last.
    private static void CutOff(string file, long end, long length, ILogger logger)
    {
        Log.JournalCutOff(logger, file, length - end);
        if (end == 0)
        {
            File.Delete(file);
            return;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        stream.SetLength(end);
    }

    private static void Hand(ref RecordReader record, IReadOnlyList<IPersistent> stores)
    {
        var owner = (RecordOwner)record.Byte();
        foreach (var store in stores)
        {
            if (store.Owner == owner)
            {
                store.Replay(ref record);
                return;
            }
        }

        throw new InvalidDataException($"it belongs to service {(byte)owner}.");
    }
}
