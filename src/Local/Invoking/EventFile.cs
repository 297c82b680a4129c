using System.Text.Json;

namespace Local.Invoking;

/// <summary>The event of an invocation by hand: a file, standard input, or an empty object.</summary>
internal static class EventFile
{
    /// <summary>Lambda's limit, in bytes.</summary>
    private const int MaximumSize = 6 * 1024 * 1024;

    /// <param name="path">A file, <c>-</c> for standard input, null for <c>{}</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CannotStartException">It cannot be read, is too large, or is no JSON.</exception>
    public static async Task<byte[]> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null)
            return "{}"u8.ToArray();
        var name = path == "-" ? "Standard input" : $"'{path}'";
        var content = await ContentAsync(path, name, cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(content);
            return content;
        }
        catch (JsonException e)
        {
            throw new CannotStartException($"{name} is no JSON: see line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", e);
        }
    }

    private static async Task<byte[]> ContentAsync(string path, string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var content = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (await source.ReadAsync(buffer, cancellationToken) is var count and > 0)
            {
                content.Write(buffer, 0, count);
                if (content.Length > MaximumSize)
                    throw new CannotStartException($"{name} is larger than the {MaximumSize} bytes that Lambda takes as an event.");
            }

            return content.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CannotStartException(
                e is FileNotFoundException or DirectoryNotFoundException ? $"There is no file {name}: name one with an event, such as events/Email.json, or - for standard input." : $"{name} cannot be read: {e.Message}", e);
        }
    }
}
