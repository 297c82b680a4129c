using LocalCloud.Iam;

namespace LocalCloud.Sts.Operations;

/// <summary>A key for a while that stands for the caller itself.</summary>
internal static class GetSessionToken
{
    public static void Run(IamCall call)
    {
        var caller = call.Call.Signed();
        if (caller.Kind == CallerKind.Role)
        {
            throw IamError.AccessDenied("Cannot call GetSessionToken with session credentials");
        }

        var seconds = call.Number("DurationSeconds", 900, 129_600) ?? 43_200;
        SessionKeys.Write(call.Output, call.Iam.Add(AccessKeyPair.Temporary(caller, call.Iam.Now, TimeSpan.FromSeconds(seconds))));
    }
}
