using Amazon.CDK;

namespace Infra;

/// <summary>How to synthesize: where to, and with which context values besides those of <c>cdk.json</c>.</summary>
internal sealed record SynthOptions
{
    internal required string Outdir { get; init; }

    /// <summary>Win over <c>cdk.json</c> and over what the CLI passes.</summary>
    internal IReadOnlyDictionary<string, object> Overrides { get; init; } = new Dictionary<string, object>();
}

/// <summary>The stacks. The CLI, a plain run and the tests all build them here, so all see the same template.</summary>
internal static class BookingsApp
{
    internal static App Create(Repository repository, SynthOptions options)
    {
        var app = new App(new AppProps
        {
            Outdir = options.Outdir,
            AnalyticsReporting = false,
            Context = CdkJson.Context(repository.CdkJson),
            PostCliContext = options.Overrides.ToDictionary(),
        });
        var settings = Settings.From(app.Node);

        var name = $"{settings.Name}{settings.Stage.Suffix}";
        var messaging = new MessagingStack(app, $"{name}-Messaging", settings);
        var database = settings.Database is { } connectionString
            ? new Database { ConnectionString = connectionString }
            : new DatabaseStack(app, $"{name}-Database", settings.Stage).Database;
        _ = new FlowStack(app, $"{name}-Flow", new()
        {
            Code = FunctionCode.From(repository, settings.Code),
            Database = database,
            Messaging = messaging,
            SchemaHash = repository.SchemaHash(),
            Settings = settings,
        });
        settings.Stage.ApplyTo(app);
        return app;
    }
}
