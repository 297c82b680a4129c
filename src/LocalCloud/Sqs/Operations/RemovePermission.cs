using LocalCloud.Policies;

namespace LocalCloud.Sqs.Operations;

internal static class RemovePermission
{
    public static void Run(SqsCall call)
    {
        var queue = call.Queue("sqs:RemovePermission");
        var label = call.Input.Required("Label");
        queue.Change(settings => settings with
        {
            Policy = ResourcePolicy.Remove(settings.Policy, label, queue.Arn) switch
            {
                null => throw SqsError.InvalidValue("Label", label, "can't find label on existing policy."),
                "" => null,
                var rest => rest,
            },
        });
    }
}
