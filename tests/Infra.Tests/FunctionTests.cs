using System.Text.Json;

namespace Infra.Tests;

public sealed class FunctionTests(Synthesis synthesis)
{
    private const string MetricNamespace = "AWS_EMF_NAMESPACE";

    private static readonly string s_folder = Repository.Find().FunctionsFolder;

    [Fact]
    public void Every_folder_in_src_Functions_is_a_function_in_a_stack_and_the_reverse()
    {
        var folders = Directory.GetFiles(s_folder, "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileName(Path.GetDirectoryName(path)));
        var handlers = synthesis.OfType("AWS::Lambda::Function").Select(function => function.Text("Handler"));

        Assert.Equal(folders.Order(StringComparer.Ordinal), handlers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_stack_that_names_a_folder_that_is_not_there_is_told_which_there_are()
    {
        var code = FunctionCode.From(Repository.Find(), CodeSource.None);

        var error = Assert.Throws<ArgumentException>(() => code.For("Nowhere"));

        Assert.StartsWith("A stack has a function 'Nowhere', but src/Functions has only: Availability, Booking, BookingApi, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_function_is_an_executable_on_the_managed_runtime_on_arm64()
    {
        foreach (var function in synthesis.OfType("AWS::Lambda::Function"))
        {
            Assert.Equal("dotnet10", function.Text("Runtime"));
            Assert.Equal("""["arm64"]""", Compact(function["Architectures"]!.Value));
        }
    }

    [Fact]
    public void Every_function_writes_to_a_log_group_of_its_own_that_expires()
    {
        var groups = synthesis.OfType("AWS::Lambda::Function").Select(Group).ToList();

        Assert.Equal(groups.Count, groups.Distinct().Count());
        Assert.All(groups, group => Assert.Equal(180, group.Number("RetentionInDays")));

        Resource Group(Resource function) => synthesis.Target(function, function["LoggingConfig"]!.Value.GetProperty("LogGroup"));
    }

    [Theory]
    [InlineData("BookingApi", "DATABASE DESTINATION_AVAILABILITY DESTINATION_AVAILABILITY_REPLIES DESTINATION_BOOKING_COMMANDS DESTINATION_TASKS PAYLOAD_BUCKET")]
    [InlineData("Booking", "DATABASE DEAD_LETTER_QUEUE_URL DESTINATION_BOOKING_EVENTS DESTINATION_BOOKING_LEDGER DESTINATION_TASKS PAYLOAD_BUCKET QUEUE_URL")]
    [InlineData("OutboxRelay", "DATABASE DESTINATION_BOOKING_EVENTS DESTINATION_BOOKING_LEDGER DESTINATION_TASKS")]
    [InlineData("Email", "DATABASE DEAD_LETTER_QUEUE_URL MAIL_FROM PAYLOAD_BUCKET QUEUE_URL")]
    [InlineData("Partner", "DATABASE DEAD_LETTER_QUEUE_URL PARTNER_URL PAYLOAD_BUCKET QUEUE_URL")]
    [InlineData("Finance", "DATABASE DEAD_LETTER_QUEUE_URL PAYLOAD_BUCKET QUEUE_URL")]
    [InlineData("Worker", "DATABASE DEAD_LETTER_QUEUE_URL DESTINATION_TASKS DOCUMENT_BUCKET PAYLOAD_BUCKET QUEUE_URL")]
    [InlineData("Availability", "DATABASE DEAD_LETTER_QUEUE_URL DESTINATION_AVAILABILITY_REPLIES QUEUE_URL")]
    [InlineData("Migrations", "DATABASE")]
    public void A_function_is_told_what_it_needs_and_nothing_else(string function, string variables) =>
        Assert.Equal([MetricNamespace, .. variables.Split(' ')], Variables(function).EnumerateObject().Select(variable => variable.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void All_functions_of_a_stack_put_their_metrics_in_one_namespace_of_its_own() =>
        Assert.All(synthesis.OfType("AWS::Lambda::Function"), function => Assert.Equal("Messaging/Bookings-Flow", Variables(function.Text("Handler")!).GetProperty(MetricNamespace).GetString()));

    [Theory]
    [InlineData("Booking", "bookingcommandsqueue", true)]
    [InlineData("Email", "emailqueue", false)]
    [InlineData("Partner", "partnerqueue", false)]
    [InlineData("Finance", "financequeue", true)]
    [InlineData("Worker", "tasksqueue", false)]
    [InlineData("Availability", "availabilityqueue", false)]
    public void A_consumer_is_told_its_own_queue_and_its_own_dead_letter_queue(string name, string queueId, bool fifo)
    {
        var function = synthesis.Function(name);
        var queue = synthesis.Target(function, Variables(name).GetProperty("QUEUE_URL"));
        var dead = synthesis.Target(function, Variables(name).GetProperty("DEAD_LETTER_QUEUE_URL"));

        Assert.StartsWith(queueId, queue.Id, StringComparison.Ordinal);
        Assert.Equal(dead, synthesis.Target(queue, queue["RedrivePolicy"]!.Value.GetProperty("deadLetterTargetArn")));
        Assert.Equal((fifo, fifo), (queue.IsFifo, dead.IsFifo));
    }

    [Fact]
    public void Functions_with_a_schema_to_meet_change_only_after_the_migration()
    {
        var migration = Assert.Single(synthesis.OfType("Custom::SchemaMigration"));
        var waiting = synthesis.OfType("AWS::Lambda::Function").Where(function => function.DependsOn.Contains(migration.Id)).Select(function => function.Text("Handler"));

        Assert.Equal("Migrations", synthesis.Target(migration, migration["ServiceToken"]!.Value).Text("Handler"));
        Assert.Equal(["Availability", "Booking", "BookingApi", "Email", "Finance", "OutboxRelay", "Partner", "Worker"], waiting.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_relay_runs_every_minute_and_never_into_its_next_run()
    {
        var rule = Assert.Single(synthesis.OfType("AWS::Events::Rule"));
        var relay = synthesis.Target(rule, rule["Targets"]!.Value[0].GetProperty("Arn"));

        Assert.Equal(("rate(1 minute)", "OutboxRelay"), (rule.Text("ScheduleExpression"), relay.Text("Handler")));
        Assert.True(relay.Number("Timeout") < 60);
    }

    private JsonElement Variables(string function) => synthesis.Function(function)["Environment"]!.Value.GetProperty("Variables");

    private static string Compact(JsonElement json) => json.GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
