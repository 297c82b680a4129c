namespace LocalCloud.Kms.Operations;

internal static class DescribeKey
{
    public static void Run(KmsCall call) => KeyMetadata.Write(call, call.KeyOrAlias("DescribeKey"));
}
