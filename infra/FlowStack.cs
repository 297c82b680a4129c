using Amazon.CDK;
using Constructs;
using Contracts;
using Infra.Constructs;

namespace Infra;

/// <summary>What the flow is made from.</summary>
internal sealed record FlowStackProps
{
    internal required FunctionCode Code { get; init; }
    internal required Database Database { get; init; }
    internal required MessagingStack Messaging { get; init; }
    internal required string SchemaHash { get; init; }
    internal required Settings Settings { get; init; }
}

/// <summary>Accept, decide, announce: the API, the functions and the queues between them. A new consumer is one line here.</summary>
internal sealed class FlowStack : Stack
{
    private readonly FlowStackProps _props;
    private readonly SchemaMigration _schema;

    internal FlowStack(Construct scope, string id, FlowStackProps props)
        : base(scope, id, new StackProps { Description = "Bookings: API, functions and queues" })
    {
        _props = props;
        var (events, ledger) = (props.Messaging.Events, props.Messaging.Ledger);

        _schema = new SchemaMigration(this, "schema", new() { Function = NewFunction("Migrations", seconds: 300), Version = props.SchemaHash });

        var api = DatabaseFunction("BookingApi", seconds: 10);
        var booking = DatabaseFunction("Booking", seconds: 10);
        var relay = DatabaseFunction("OutboxRelay", seconds: 50);
        var email = DatabaseFunction("Email").Set("MAIL_FROM", props.Settings.MailFrom).Allow(["ses:SendEmail"], Identity(props.Settings.MailFrom));
        var partner = DatabaseFunction("Partner", seconds: 60).Set("PARTNER_URL", props.Settings.PartnerUrl);
        var finance = DatabaseFunction("Finance");
        var worker = DatabaseFunction("Worker", seconds: 60);
        var availability = DatabaseFunction("Availability", seconds: 10);

        Consume("booking-commands", booking, pace: 10, fifo: true).AllowSend(api);
        Consume(Subscriptions.Email, email, pace: 10);
        Consume(Subscriptions.Partner, partner, pace: 2);
        Consume(Subscriptions.Finance, finance, pace: 5, fifo: true).AllowReplay(relay);

        var tasks = Consume("tasks", worker, pace: 5);
        tasks.AllowSend(api, booking, relay, worker);
        props.Messaging.Documents.AllowWrite(worker, "invoices", "reports");
        Consume("availability", availability, pace: 10).AllowSend(api);
        new ReplyQueue(this, "availability-replies", new() { Key = props.Messaging.Keys.Queues }).AllowWait(api).AllowReply(availability);

        events.AllowPublish(booking, relay);
        ledger.AllowPublish(booking, relay);
        props.Messaging.Payloads.AllowWrite(api, booking, worker);
        props.Messaging.Payloads.AllowRead(booking, email, partner, finance, worker);
        _ = new FunctionSchedule(this, "outbox-sweep", new() { Function = relay, Every = Duration.Minutes(1) });

        var http = new FunctionApi(this, "api", new()
        {
            Function = api,
            Anonymous = props.Settings.PublicApi,
            Jwt = props.Settings.Jwt,
            Routes = ["POST /bookings", "PUT /bookings/{id}", "GET /bookings/{id}", "DELETE /bookings/{id}", "GET /hotels", "GET /availability"],
            InternalRoutes = ["POST /reports/revenue/{month}", "GET /reports/revenue/{month}"],
        });
        string[] destinations = [events.Node.Id, ledger.Node.Id, tasks.Node.Id];
        var metrics = Function.MetricNamespace(this);
        _ = new OutboxAlarms(this, "outbox", new() { Namespace = metrics, Destinations = destinations });
        _ = new FlowDashboard(this, "dashboard", new()
        {
            Consumers = [.. Node.Children.OfType<ConsumerQueue>()],
            Destinations = destinations,
            Functions = [api, relay],
            Namespace = metrics,
            Topics = [events, ledger],
        });
        props.Messaging.Alarms.Hear(this);

        _ = new CfnOutput(this, "ApiUrl", new CfnOutputProps { Value = http.Url, Description = "Base address of the API" });
    }

    private Function NewFunction(string folder, double seconds)
    {
        var function = new Function(this, folder, new() { Code = _props.Code.For(folder), Timeout = Duration.Seconds(seconds), LogRetention = _props.Settings.Stage.Logs });
        _props.Database.Connect(function);
        return function;
    }

    // New code meets the schema it was written for: the migration runs before any of these functions changes.
    private Function DatabaseFunction(string folder, double seconds = 30) => NewFunction(folder, seconds).After(_schema);

    private ConsumerQueue Consume(string queue, Function function, double pace, bool fifo = false) =>
        new(this, queue, new() { Function = function, Key = _props.Messaging.Keys.Queues, Pace = pace, Fifo = fifo });

    private ConsumerQueue Consume(Subscription subscription, Function function, double pace, bool fifo = false)
    {
        var queue = Consume(subscription.Consumer, function, pace, fifo);
        queue.SubscribeTo(_props.Messaging.Topic(subscription.Topic), subscription.Filter.ToPolicy());
        return queue;
    }

    private string Identity(string mailbox) => FormatArn(new ArnComponents { Service = "ses", Resource = "identity", ResourceName = mailbox });
}
