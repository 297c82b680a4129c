namespace LocalCloud.Kms.Operations;

/// <summary>What the operations that use a key have in common.</summary>
internal static class Encryption
{
    public const int LargestPlaintext = 4096;

    private const string ContextMember = "EncryptionContext";

    /// <summary>The key of a request that encrypts, ready to be used.</summary>
    /// <exception cref="Http.ServiceException">There is none, it may not be used by the caller, or not at all.</exception>
    public static KmsKey Key(KmsCall call, string action, string member = "KeyId", string context = ContextMember) =>
        Checked(call, KmsCall.Usable(call.KeyOrAlias(action, member, context)));

    /// <summary>The key that a ciphertext says it was made with, ready to be used.</summary>
    /// <param name="call">The request.</param>
    /// <param name="action">What is done with the key.</param>
    /// <param name="member">Where the request may name the key that it expects.</param>
    /// <param name="context">Where it has the encryption context.</param>
    /// <exception cref="Http.ServiceException">The ciphertext is none, its key has gone or is not the expected one, or it may not be used.</exception>
    public static (KmsKey Key, Ciphertext Ciphertext) Source(KmsCall call, string action, string member, string context = ContextMember)
    {
        var blob = call.Input.RequiredBlob("CiphertextBlob", 1, Ciphertext.Largest);
        var expected = call.Input.Has(member) ? call.KeyOrAlias(action, member, context) : null;
        var ciphertext = Ciphertext.Read(blob) ?? throw KmsError.InvalidCiphertext();
        var key = call.Keys.Find(ciphertext.KeyId);
        if (expected is not null && expected.Id != ciphertext.KeyId)
        {
            throw KmsError.IncorrectKey();
        }

        return (Checked(call, KmsCall.Usable(call.Allowed(action, key ?? throw KmsError.UnknownCiphertext(), call.ConditionKeys(context)))), ciphertext);
    }

    public static byte[] Context(KmsCall call, string member = ContextMember) => EncryptionContext.Canonical(call.Input.Map(member));

    /// <exception cref="Http.ServiceException">A symmetric key cannot be used with that algorithm.</exception>
    public static void CheckAlgorithm(KmsCall call, string member = "EncryptionAlgorithm")
    {
        if (call.Input.OneOf(member, SymmetricKey.Spec, "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE") is { } algorithm && algorithm != SymmetricKey.Spec)
        {
            throw new Http.ServiceException("InvalidKeyUsageException", $"{algorithm} is for other keys: this one has {SymmetricKey.Spec} only.");
        }
    }

    // A dry run comes to its end when everything else has been found right.
    private static KmsKey Checked(KmsCall call, KmsKey key) =>
        call.Input.Texts("GrantTokens").Count > 0 ? throw new Http.ServiceException("InvalidGrantTokenException", "LocalCloud has no grants, and so no grant tokens.")
        : call.Input.Has("Recipient") ? throw KmsError.Unsupported("LocalCloud has no Nitro enclaves: leave out Recipient.")
        : call.Input.Flag("DryRun") ? throw new Http.ServiceException("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.")
        : key;
}
