using System.Text;

namespace LocalCloud.Lambda.Runtime;

/// <summary>Reads what a process prints, line by line; of a line longer than <see cref="MaximumLine"/> the rest is dropped.</summary>
internal static class ProcessOutput
{
    /// <summary>In characters.</summary>
    public const int MaximumLine = 16 * 1024;

    public static async Task ReadLinesAsync(TextReader reader, Action<string> line)
    {
        var buffer = new char[4096];
        var current = new StringBuilder();
        while (await reader.ReadAsync(buffer) is var count and > 0)
        {
            foreach (var character in buffer.AsSpan(0, count))
            {
                if (character == '\n')
                    End();
                else if (current.Length < MaximumLine && character != '\r')
                    current.Append(character);
            }
        }
        End();

        void End()
        {
            if (current.Length > 0)
                line(current.ToString());
            current.Clear();
        }
    }
}
