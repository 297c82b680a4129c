using System.Collections.Frozen;
using LocalCloud.Http;
using LocalCloud.Iam;
using LocalCloud.Sts.Operations;

namespace LocalCloud.Sts;

/// <summary>STS over the Query protocol: who am I, which every SDK and the CDK ask, and keys for a while.</summary>
internal sealed class StsProtocol(IamAccount iam) : IService
{
    private const string Xmlns = "https://sts.amazonaws.com/doc/2011-06-15/";

    private static readonly FrozenDictionary<string, (Action<IamCall> Run, bool HasResult)> All = new Dictionary<string, (Action<IamCall>, bool)>
    {
        ["AssumeRole"] = (AssumeRole.Run, true),
        ["GetCallerIdentity"] = (GetCallerIdentity.Run, true),
        ["GetSessionToken"] = (GetSessionToken.Run, true),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public string Name => ServiceName.Sts;

    public int LargestBody => Limits.RequestBytes;

    public string? ActionOf(Call call) => call.Form?["Action"];

    public Task HandleAsync(Call call) => QueryOperations.AnswerAsync(call, iam, Xmlns, All);

    public Task RefuseAsync(Call call, ServiceException error) => QueryErrors.AnswerAsync(call, Xmlns, error);
}
