using System.Text;
using System.Text.Json;
using Aws.Http;

namespace Aws.Tests.Internals;

public class JsonTextTests
{
    public static TheoryData<string> Texts =>
    [
        "",
        "plain",
        new string('x', 5_000),
        string.Concat(Enumerable.Repeat("""{"name":"a \\ b","line":"one"}""", 50)),
        string.Concat(Enumerable.Repeat("tab\tline\r\nquote\" back\\slash ", 50)),
        new string('x', 40) + "\"" + new string('y', 33) + "\\",
        new string('x', 200) + "é",
        "😀" + new string('x', 200),
        new string('"', 300) + "\u0001\u007F",
        "\u2028" + new string('~', 200),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_is_written_as_the_writer_itself_writes_it(string text)
    {
        using var own = new PooledBuffer(16);
        using (var written = JsonBody.Writer(own, out var json))
        {
            json.WriteStartObject();
            json.WritePropertyName("text");
            JsonText.Write(json, text);
            json.WriteNumber("after"u8, 1);
            json.WriteEndObject();
        }

        using var expected = new MemoryStream();
        using (var json = new Utf8JsonWriter(expected, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteNumber("after"u8, 1);
            json.WriteEndObject();
        }

        Assert.Equal(Encoding.UTF8.GetString(expected.ToArray()), Encoding.UTF8.GetString(own.Written));
    }

    [Fact]
    public void A_writer_that_broke_off_leaves_nothing_for_the_next_body()
    {
        Assert.Throws<InvalidOperationException>(BreakOff);

        using var body = new PooledBuffer(16);
        using (var written = JsonBody.Writer(body, out var json))
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }

        Assert.Equal("{}", Encoding.UTF8.GetString(body.Written));
    }

    private static void BreakOff()
    {
        using var broken = new PooledBuffer(16);
        using var written = JsonBody.Writer(broken, out var json);
        json.WriteStartObject();
        throw new InvalidOperationException();
    }
}
