namespace LocalCloud.Kms;

/// <summary>The one kind of key that there is here.</summary>
internal static class SymmetricKey
{
    /// <summary>Its key spec, and the algorithm it encrypts with.</summary>
    public const string Spec = "SYMMETRIC_DEFAULT";
}
