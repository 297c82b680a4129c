namespace LocalCloud.DynamoDb.Operations;

internal static class DescribeTable
{
    public static void Run(DynamoDbCall call) => TableDescription.Write(call.Output, "Table", call.NamedTable("DescribeTable"));
}
