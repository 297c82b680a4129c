namespace LocalCloud.Lambda.Api.Operations;

internal static class DeleteMapping
{
    public static async Task RunAsync(LambdaCall call)
    {
        var mapping = call.Mapping("DeleteEventSourceMapping");
        await call.Lambda.RemoveAsync(mapping);
        await call.AnswerAsync(202, MappingJson.Of(mapping, "Deleting"));
    }
}
