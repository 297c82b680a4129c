namespace LocalCloud.Templates.Resolving;

/// <summary>What the pseudo parameters answer with, and the ARNs and ids that are made from it.</summary>
internal sealed record CloudNames(string Region, string AccountId)
{
    public const string Partition = "aws";
    public const string UrlSuffix = "amazonaws.com";

    public string Arn(string service, string resource) => $"arn:{Partition}:{service}:{Region}:{AccountId}:{resource}";

    public string StackId(string stack) => Arn("cloudformation", $"stack/{stack}/local");
}
