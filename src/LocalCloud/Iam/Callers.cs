using LocalCloud.Http;

namespace LocalCloud.Iam;

/// <summary>Finds out who signed a request, and whether the signature is theirs.</summary>
internal sealed class Callers(IamAccount iam)
{
    private const string RootCredential = "Credential=test/";

    private readonly Signatures _signatures = new();

    /// <exception cref="ServiceException">The key is unknown, its session over, or the signature wrong.</exception>
    public Caller Identify(Call call, string service)
    {
        var request = call.Http.Request;
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.Length > 0)
        {
            // Curl and benchmarks only name the key that may do everything: a signature that is none is not checked.
            return authorization.Contains(RootCredential, StringComparison.Ordinal) && !SignedRequest.HasSignature(authorization)
                ? iam.Root
                : Check(call, service, SignedRequest.OfHeader(authorization, request) ?? throw SignatureError.Incomplete(service, "it must have Credential, SignedHeaders and Signature, and there must be an X-Amz-Date"));
        }

        var query = request.QueryString.Value ?? "";
        return query.Contains("X-Amz-Credential=", StringComparison.Ordinal)
            ? Check(call, service, SignedRequest.OfQuery(query) ?? throw SignatureError.Incomplete(service, "a presigned URL needs X-Amz-Credential, -Date, -Expires, -SignedHeaders and -Signature"))
            : service == ServiceName.S3 && OldPresignedUrl.Identify(call, iam) is { } old ? old
            : Caller.Anonymous;
    }

    private Caller Check(Call call, string service, SignedRequest signed)
    {
        var key = iam.FindKey(signed.KeyId) ?? throw SignatureError.UnknownKey(service);
        if (key == iam.RootKey && !SignedRequest.IsSignature(signed.Signature))
        {
            return key.Caller;
        }

        if (key.SessionToken is { } token && token != signed.SessionToken)
        {
            throw SignatureError.InvalidToken(service);
        }

        if (key.ExpiresAt <= iam.Now)
        {
            throw SignatureError.Expired(service);
        }

        signed.CheckTime(service, mayBeOld: key == iam.RootKey);
        _signatures.Check(call, service, signed, key);
        return key.Caller;
    }
}
