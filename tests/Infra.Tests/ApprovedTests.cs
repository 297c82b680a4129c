using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>
/// Every template as somebody has approved it: a policy that changes is a line of a diff that a review sees. <c>APPROVE=1 dotnet test --project
/// tests/Infra.Tests</c> writes the files anew.
/// </summary>
public sealed partial class ApprovedTests
{
    [Theory]
    [InlineData("prod")]
    [InlineData("dev")]
    public void Templates_are_those_that_were_approved(string stage)
    {
        using var synthesis = new Synthesis(("stage", stage));
        var folder = Path.Combine(Repository.Find().Root, "tests", "Infra.Tests", "Approved", stage);
        var actual = synthesis.Templates.ToDictionary(path => $"{Path.GetFileName(path).Split('.')[0]}.json", Text);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            Write(folder, actual);

        Assert.Equal(Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, text) in actual)
        {
            var (approved, now) = (File.ReadAllLines(Path.Combine(folder, name)), text.Split('\n')[..^1]);
            var line = approved.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
            Assert.True(
                line == approved.Length && line == now.Length,
                $"{stage}/{name} differs from what was approved, first in line {line + 1}: '{now.ElementAtOrDefault(line)?.Trim()}' where '{approved.ElementAtOrDefault(line)?.Trim()}' was. If that is meant, write it with APPROVE=1 and review the diff.");
        }
    }

    private static void Write(string folder, Dictionary<string, string> templates)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in templates)
            File.WriteAllText(Path.Combine(folder, name), text);
    }

    // Hashes of code and schema change with every line of them, and say nothing about the template.
    private static string Text(string template)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(template));
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            json.RootElement.WriteTo(writer);
        return Hash().Replace(Encoding.UTF8.GetString(buffer.WrittenSpan), "<hash>") + "\n";
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hash();
}
