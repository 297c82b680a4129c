using System.Text;

namespace LocalCloud.Tests.Fuzzing;

/// <summary>Flips, drops, doubles or inserts a few bytes, always the same for a seed.</summary>
internal sealed class Mangler(Random random)
{
    private const string Punctuation = "{}[]\"\\&=%.,:0-<>/?*$";

    public byte[] Mangle(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var edits = random.Next(4); edits > 0 && bytes.Count > 0; edits--)
            Edit(bytes);
        return [.. bytes];
    }

    /// <summary>A path of printable characters, mangled; the others would not leave a client.</summary>
    public string MangleUrl(string path) => "/" + string.Concat(Encoding.Latin1.GetString(Mangle(path)).TrimStart('/').Where(c => c is > ' ' and < '\x7f'));

    private void Edit(List<byte> bytes)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, random.Next(bytes.Count - at) + 1);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at) + 1));
                break;
            default:
                bytes.Insert(at, (byte)Punctuation[random.Next(Punctuation.Length)]);
                break;
        }
    }
}
