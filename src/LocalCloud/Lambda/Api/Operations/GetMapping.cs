namespace LocalCloud.Lambda.Api.Operations;

/// <summary>GetEventSourceMapping and ListEventSourceMappings.</summary>
internal static class GetMapping
{
    public static Task RunAsync(LambdaCall call) => call.AnswerAsync(200, MappingJson.Of(call.Mapping("GetEventSourceMapping")));

    public static Task ListAsync(LambdaCall call)
    {
        call.Demand("ListEventSourceMappings", "*");
        var (source, name) = (call.Query("EventSourceArn"), call.Query("FunctionName"));
        var function = name is null ? null : call.Named(name);
        return call.AnswerPageAsync(
            "EventSourceMappings",
            call.Lambda.Mappings.Where(mapping => (source is null || mapping.Settings.QueueArn == source) && (function is null || mapping.Function == function)),
            MappingJson.Of);
    }
}
