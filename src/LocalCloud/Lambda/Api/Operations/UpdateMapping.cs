namespace LocalCloud.Lambda.Api.Operations;

internal static class UpdateMapping
{
    public static async Task RunAsync(LambdaCall call)
    {
        var mapping = call.Mapping("UpdateEventSourceMapping");
        var function = call.Input.Text("FunctionName") is { } name ? call.Named(name) : mapping.Function;
        var settings = MappingInput.Read(call.Input, mapping.Settings with { ReservedConcurrency = function.ReservedConcurrency });
        await mapping.ChangeAsync(function, settings, call.Input.Flag("Enabled") ?? mapping.IsEnabled);
        mapping.LastModified = call.Now;
        await call.AnswerAsync(202, MappingJson.Of(mapping, "Updating"));
    }
}
