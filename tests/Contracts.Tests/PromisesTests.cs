using System.Text.Json;
using System.Text.Json.Serialization;
using Schemas;
using Schemas.Comparing;

namespace Contracts.Tests;

internal sealed record Promise(string Id);

internal sealed record PromiseWithNote(string Id, string? Note = null);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Promise))]
[JsonSerializable(typeof(PromiseWithNote))]
internal sealed partial class PromiseJson : JsonSerializerContext;

/// <summary>The contracts beside what lies in events/schemas, here and in copies that promise something else.</summary>
public sealed class PromisesTests : IDisposable
{
    private readonly EventsFolder _folder = new(Directory.CreateTempSubdirectory("promises-").FullName);

    public PromisesTests() => Assert.Equal(0, Run(Command.Write).Code);

    [Fact]
    public void No_consumer_of_a_schema_that_was_committed_breaks() =>
        Assert.Empty(Promises.Compare(EventsFolder.Find(), Messages.All).Where(finding => finding.Breaks).Select(finding => finding.Sentence));

    [Fact]
    public void Every_message_has_a_schema_that_is_committed()
    {
        var missing = Messages.All.Select(c => c.Type).Except(EventsFolder.Find().Types());

        Assert.True(!missing.Any(), $"No schema in events/schemas: {string.Join(", ", missing)}. Run: dotnet run --project tests/Schemas");
    }

    [Fact]
    public void A_breaking_change_names_the_consumers_that_would_break_and_asks_for_a_version()
    {
        PromiseInstead("booking.confirmed.v1", "\"hotelId\": {", "\"board\": { \"type\": \"string\" },\n    \"hotelId\": {");

        Assert.Equal(
            (1, "booking.confirmed.v1 would break email, finance and partner: $.board was removed. Leave it as it was and declare booking.confirmed.v2 beside it in src/Contracts."),
            Run(Command.Check));
    }

    [Fact]
    public void The_consumer_of_a_command_is_called_as_its_queue()
    {
        PromiseInstead("booking.cancel.v1", "\"format\": \"uuid\"", "\"format\": \"uri\"");

        Assert.StartsWith("booking.cancel.v1 would break booking-commands: $.bookingId had the format", Run(Command.Check).Said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_does_not_overwrite_a_promise_that_would_be_broken_nor_anything_else()
    {
        PromiseInstead("booking.confirmed.v1", "\"hotelId\": {", "\"board\": { \"type\": \"string\" },\n    \"hotelId\": {");
        PromiseInstead("booking.rejected.v1", "\"description\": \"A sentence for the guest.\",", "");
        var before = Files();

        Assert.Equal(1, Run(Command.Write).Code);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void An_additive_change_passes_with_a_warning_and_is_promised_once_it_is_written_down()
    {
        Contract[] older = [new Contract<Promise>("promise.made.v1", PromiseJson.Default.Promise, m => m.Id, "promises")];
        Contract[] newer = [new Contract<PromiseWithNote>("promise.made.v1", PromiseJson.Default.PromiseWithNote, m => m.Id, "promises")];
        Directory.Delete(Path.Combine(_folder.Root, "schemas"), recursive: true);
        Run(Command.Write, older);

        Assert.Equal(
            (0, "warning: promise.made.v1: $.note is new and optional. It is promised to nobody before it is in events/schemas: dotnet run --project tests/Schemas writes it down."),
            Run(Command.Check, newer));
        Assert.Equal((0, ""), Run(Command.Check, older));

        Assert.StartsWith("Wrote events/schemas/promise.made.v1.json.", Run(Command.Write, newer).Said, StringComparison.Ordinal);
        Assert.Equal((0, ""), Run(Command.Check, newer));
        Assert.Equal(
            (1, "promise.made.v1 would break promises: $.note was removed. Leave it as it was and declare promise.made.v2 beside it in src/Contracts."),
            Run(Command.Check, older));
    }

    [Theory]
    [InlineData(false, "was removed")]
    [InlineData(true, "is a number now")]
    public void An_attribute_that_others_may_filter_on_stays(bool isKept, string said)
    {
        var changed = Messages.BookingRejected with { Attributes = isKept ? [new("hotel", _ => 1)] : [] };

        Assert.Equal(
            (1, $"booking.rejected.v1 would break whoever filters on its attribute 'hotel', which {said}. Leave it as it was and declare booking.rejected.v2 beside it in src/Contracts."),
            Run(Command.Write, [.. Messages.All.Select(c => c == Messages.BookingRejected ? changed : c)]));
    }

    [Fact]
    public void A_message_that_is_new_is_a_warning_until_it_is_written_down()
    {
        File.Delete(PathOf("booking.rejected.v1"));

        Assert.Equal(
            (0, "warning: booking.rejected.v1 has no schema in events/schemas: dotnet run --project tests/Schemas writes it down."),
            Run(Command.Check));
        Assert.Equal((0, "Wrote events/schemas/booking.rejected.v1.json."), Run(Command.Write));
        Assert.Equal((0, ""), Run(Command.Check));
    }

    [Fact]
    public void A_message_that_is_declared_no_more_breaks_whoever_was_promised_it()
    {
        File.Copy(PathOf("booking.place.v1"), PathOf("booking.moved.v1"));

        Assert.Equal(
            (1, "booking.moved.v1 is declared no more, but events/schemas/booking.moved.v1.json promises it. Declare it again; or, once nobody sends it and none waits in a queue, an outbox or a dead-letter queue, delete the file."),
            Run(Command.Check));
    }

    [Fact]
    public void A_schema_that_cannot_be_read_is_no_schema_that_promises_nothing()
    {
        File.WriteAllText(PathOf("booking.place.v1"), "<<<<<<< HEAD");

        Assert.Equal(
            "events/schemas/booking.place.v1.json is no JSON object. Restore it from git: what was promised cannot be told without it.",
            Assert.Throws<InvalidOperationException>(() => Run(Command.Write)).Message);
    }

    [Fact]
    public void The_next_version_is_one_that_is_not_declared_yet()
    {
        PromiseInstead("booking.place.v1", "\"format\": \"uuid\"", "\"format\": \"uri\"");
        var second = Messages.PlaceBooking with { Type = "booking.place.v2" };

        Assert.EndsWith("declare booking.place.v3 beside it in src/Contracts.", Promises.Compare(_folder, [.. Messages.All, second]).First(f => f.Breaks).Sentence, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder.Root, recursive: true);

    private (int Code, string Said) Run(Func<EventsFolder, IReadOnlyList<Contract>, TextWriter, TextWriter, int> command, IReadOnlyList<Contract>? contracts = null)
    {
        using var said = new StringWriter { NewLine = "\n" };
        return (command(_folder, contracts ?? Messages.All, said, said), said.ToString().TrimEnd());
    }

    private void PromiseInstead(string type, string was, string now)
    {
        var text = File.ReadAllText(PathOf(type));
        Assert.Contains(was, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(type), text.Replace(was, now, StringComparison.Ordinal));
    }

    private Dictionary<string, string> Files() => Directory.GetFiles(_folder.Root, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllText);

    private string PathOf(string type) => Path.Combine(_folder.Root, "schemas", $"{type}.json");
}
