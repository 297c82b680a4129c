using LocalCloud.Lambda;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>
/// A type that is not created here. It has an id that looks like one and ARNs that look like some; anything else of it is an error where it is used.
/// </summary>
internal static class OtherResource
{
    public static Created Create(ResourceContext context)
    {
        var type = context.Resource.Type;
        if (type == "AWS::CloudFormation::Stack")
            throw context.Wrong("is a nested stack, which is not deployed here. Make it a stack of its own in the same app, with imports between the two");
        if (!ResourceTypes.IsQuiet(type) && context.Site.NamedTypes.Add(type))
            LambdaLog.TypeSkipped(context.Site.Logger, type, context.Id.LogicalId, context.Id.Stack);
        var (names, name) = (context.Site.Names, context.PhysicalName(64));
        return type switch
        {
            "AWS::KMS::Key" when Guid.NewGuid().ToString() is var id => Known(id, names.Arn("kms", $"key/{id}")),
            "AWS::IAM::Role" => Known(name, $"arn:{CloudNames.Partition}:iam::{names.AccountId}:role/{name}"),
            "AWS::Logs::LogGroup" => Known(name, names.Arn("logs", $"log-group:{name}:*")),
            _ => new Created(name) { InventsArns = true },
        };
    }

    private static Created Known(string reference, string arn) => Created.With(reference, ("Arn", arn)) with { InventsArns = true };
}
