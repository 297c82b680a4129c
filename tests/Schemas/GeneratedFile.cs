using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Schemas;

/// <summary>A file that is made from the contracts: the same bytes on every machine.</summary>
/// <param name="Name">As people call it, from the root of the checkout.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Content">What belongs into it.</param>
internal sealed record GeneratedFile(string Name, string Path, JsonObject Content)
{
    /// <summary>Whether that is what it holds, whatever git makes of line ends.</summary>
    public bool IsWritten => File.Exists(Path) && File.ReadAllText(Path).ReplaceLineEndings("\n") == Text();

    /// <summary>Writes it, and the folder that it is in.</summary>
    public void Write()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, Text());
    }

    private string Text()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Content.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
