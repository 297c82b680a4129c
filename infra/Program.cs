using Infra;

JsiiRuntime.Configure();
try
{
    var app = BookingsApp.Create(Repository.Find(), new SynthOptions
    {
        Outdir = Environment.GetEnvironmentVariable("CDK_OUTDIR") ?? "cdk.out",
        Overrides = ContextArguments.Parse(args),
    });
    app.Synth();
    return 0;
}
catch (Exception error) when (error is ArgumentException or InvalidOperationException)
{
    // Something to correct in the input, which the message says: a stack trace would only hide it.
    Console.Error.WriteLine(error.Message);
    return 1;
}
