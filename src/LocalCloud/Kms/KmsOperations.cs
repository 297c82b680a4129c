using LocalCloud.Kms.Operations;

namespace LocalCloud.Kms;

/// <summary>All operations of KMS by name.</summary>
internal static class KmsOperations
{
    public static Dictionary<string, Action<KmsCall>> All { get; } = new()
    {
        ["CreateKey"] = CreateKey.Run,
        ["DescribeKey"] = DescribeKey.Run,
    };
}
