using System.Text;
using System.Text.Json;
using Messaging.Envelope;

namespace Messaging.Tests;

public sealed class RecurringNamesTests
{
    private readonly RecurringNames _names = new();

    [Fact]
    public void A_name_that_returns_is_one_string()
    {
        Assert.Same(Read("/booking"), Read("/booking"));
        Assert.Equal("/booking", Read("/booking"));
    }

    [Fact]
    public void An_escaped_name_is_the_same_name() => Assert.Same(Read("/booking"), Read("\\/booking"));

    [Fact]
    public void Ever_new_names_are_read_and_not_kept()
    {
        for (var i = 0; i < 1_000; i++)
            Assert.Equal($"/{i}", Read($"/{i}"));

        Assert.Same(Read("/0"), Read("/0"));
        Assert.NotSame(Read("/999"), Read("/999"));
    }

    private string Read(string text)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{text}\""));
        json.Read();
        return _names.Read(ref json);
    }
}
