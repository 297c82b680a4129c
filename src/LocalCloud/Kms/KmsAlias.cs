namespace LocalCloud.Kms;

/// <summary>A name that stands for a key.</summary>
/// <param name="Name">With <c>alias/</c> in front.</param>
/// <param name="Arn">With the name.</param>
/// <param name="KeyId">Whose id it stands for.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Updated">When it last changed its key.</param>
internal sealed record KmsAlias(string Name, string Arn, string KeyId, DateTimeOffset Created, DateTimeOffset Updated)
{
    public const string Prefix = "alias/";

    /// <summary>Names that begin so belong to AWS.</summary>
    public const string ReservedPrefix = "alias/aws/";
}
