using LocalCloud.Lambda.Queues;

namespace LocalCloud.Lambda.Api.Operations;

internal static class CreateMapping
{
    public static async Task RunAsync(LambdaCall call)
    {
        var input = call.Input;
        var name = input.Required("FunctionName");
        call.Demand("CreateEventSourceMapping", "*");
        var function = call.Named(name);
        var arn = input.Text("EventSourceArn") ?? throw LambdaError.InvalidValue("Unrecognized event source.");
        var settings = MappingInput.Read(input, new QueueMappingSettings { QueueArn = arn, ReservedConcurrency = function.ReservedConcurrency });
        await MappingInput.CheckQueueAsync(call, settings, function);
        if (call.Lambda.Mappings.FirstOrDefault(other => other.Settings.QueueArn == arn && other.Function.Name == function.Name) is { } twin)
        {
            throw LambdaError.Conflict(
                $"The event source arn (\" {arn} \") and function (\" {function.Name} \") provided mapping already exists. Please update or delete the existing mapping with UUID {twin.Id}");
        }
        var queue = new QueueClient(() => function.Role?.Services ?? call.Lambda.Services, call.Lambda.Services);
        var mapping = new EventSourceMapping(function, settings, input.Flag("Enabled") ?? true, queue, call.Lambda.Logger) { LastModified = call.Now };
        call.Lambda.Add(mapping);
        await mapping.StartAsync();
        await call.AnswerAsync(202, MappingJson.Of(mapping, "Creating"));
    }
}
