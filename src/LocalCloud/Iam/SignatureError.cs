using LocalCloud.Http;

namespace LocalCloud.Iam;

/// <summary>What is wrong with a signature, in the words of each service.</summary>
internal static class SignatureError
{
    private const string Namespace = "com.amazon.coral.service#";

    /// <summary>Nobody signed, and it is nothing that everybody may do.</summary>
    public static ServiceException Missing(string service) => service == ServiceName.S3
        ? new ServiceException("AccessDenied", "Access Denied", status: 403)
        : Create(
            service, "MissingAuthenticationToken", "MissingAuthenticationTokenException",
            $"Request is missing Authentication Token. Sign it with Signature Version 4, or send the header 'Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0'.");

    public static ServiceException Incomplete(string service, string what) => service == ServiceName.S3
        ? new ServiceException("AuthorizationHeaderMalformed", $"The authorization header is malformed; {what}.")
        : Create(service, "IncompleteSignature", "IncompleteSignatureException", $"Authorization header is incomplete: {what}.");

    /// <summary>The key is none of this account, or its session token is another's.</summary>
    public static ServiceException UnknownKey(string service) => service == ServiceName.S3
        ? new ServiceException("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", status: 403)
        : Create(service, "InvalidClientTokenId", "UnrecognizedClientException", "The security token included in the request is invalid.");

    public static ServiceException InvalidToken(string service) => service == ServiceName.S3
        ? new ServiceException("InvalidToken", "The provided token is malformed or otherwise invalid.")
        : UnknownKey(service);

    public static ServiceException Expired(string service) => service == ServiceName.S3
        ? new ServiceException("ExpiredToken", "The provided token has expired.")
        : Create(service, "ExpiredToken", "ExpiredTokenException", "The security token included in the request is expired");

    public static ServiceException DoesNotMatch(string service) => service == ServiceName.S3
        ? new ServiceException(
            "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.", status: 403)
        : Create(
            service, "SignatureDoesNotMatch", "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");

    /// <summary>The clock of the caller differs too much, or a presigned URL is past its time.</summary>
    public static ServiceException Late(string service, string signed, string now) => service == ServiceName.S3
        ? new ServiceException("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", status: 403)
        : Create(service, "SignatureDoesNotMatch", "InvalidSignatureException", $"Signature expired: {signed} is now more than 15 minutes away from {now}");

    public static ServiceException UrlExpired(string service, string until, string now) => service == ServiceName.S3
        ? new ServiceException("AccessDenied", "Request has expired", status: 403)
        : Create(service, "SignatureDoesNotMatch", "InvalidSignatureException", $"Signature expired: {until} is now earlier than {now}");

    public static ServiceException WrongPayload() =>
        new("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");

    private static ServiceException Create(string service, string code, string type, string message) =>
        new(code, message, Namespace + type, service is ServiceName.Kms or ServiceName.DynamoDb or ServiceName.Kinesis ? 400 : 403);
}
