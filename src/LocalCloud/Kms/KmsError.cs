using LocalCloud.Http;

namespace LocalCloud.Kms;

/// <summary>The errors of KMS; all have the status 400.</summary>
internal static class KmsError
{
    public static ServiceException KeyNotFound(string arn) => NotFound($"Key '{Excerpt.Of(arn)}' does not exist");

    public static ServiceException AliasNotFound(string arn) => NotFound($"Alias {Excerpt.Of(arn)} is not found.");

    public static ServiceException InvalidKeyId(string reference) => NotFound($"Invalid keyId '{Excerpt.Of(reference)}'");

    public static ServiceException InvalidArn(string message) => new("InvalidArnException", message);

    public static ServiceException Disabled(string arn) => new("DisabledException", $"{arn} is disabled.");

    public static ServiceException InvalidState(string message) => new("KMSInvalidStateException", message);

    public static ServiceException PendingDeletion(string arn) => InvalidState($"{arn} is pending deletion.");

    public static ServiceException Validation(string message) => new("ValidationException", message);

    public static ServiceException Unsupported(string message) => new("UnsupportedOperationException", message);

    public static ServiceException MalformedPolicy(string message) => new("MalformedPolicyDocumentException", message);

    public static ServiceException LimitExceeded(string message) => new("LimitExceededException", message);

    public static ServiceException AliasExists(string arn) => new("AlreadyExistsException", $"An alias with the name {arn} already exists");

    /// <summary>AWS does not say which part of a ciphertext is wrong.</summary>
    public static ServiceException InvalidCiphertext() => new("InvalidCiphertextException", "");

    public static ServiceException IncorrectKey() =>
        new("IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation.");

    public static ServiceException UnknownCiphertext() => new(
        "AccessDeniedException", "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.");

    public static ServiceException KeyOfAws(string arn) => new("AccessDeniedException", $"{arn} is managed by AWS: it can be used through its service, not changed.");

    public static ServiceException AliasOfAws() => new("NotAuthorizedException", "Names that begin with alias/aws/ belong to AWS.");

    public static ServiceException Tag(string message) => new("TagException", message);

    private static ServiceException NotFound(string message) => new("NotFoundException", message);
}
