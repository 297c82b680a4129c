using LocalCloud.Iam;

namespace LocalCloud.Sts.Operations;

/// <summary>Needs no permission, only a signature.</summary>
internal static class GetCallerIdentity
{
    public static void Run(IamCall call)
    {
        var caller = call.Call.Signed();
        call.Output.Element("Arn", caller.Arn).Element("UserId", caller.UserId).Element("Account", caller.Account);
    }
}
