namespace LocalCloud.Kms.Operations;

internal static class ListKeys
{
    public static void Run(KmsCall call)
    {
        call.Json.Call.Demand("kms:ListKeys", "*");
        Page.Write(call, "Keys", 100, call.Keys.Keys, key => key.Id, key =>
        {
            call.Output.WriteStartObject();
            call.Output.WriteString("KeyId"u8, key.Id);
            call.Output.WriteString("KeyArn"u8, key.Arn);
            call.Output.WriteEndObject();
        });
    }
}
