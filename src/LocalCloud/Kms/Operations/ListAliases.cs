namespace LocalCloud.Kms.Operations;

internal static class ListAliases
{
    public static void Run(KmsCall call)
    {
        call.Json.Call.Demand("kms:ListAliases", "*");
        var of = call.Input.Text("KeyId", 1) is { } reference ? call.Named(reference).Id : null;
        Page.Write(call, "Aliases", 50, call.Keys.Aliases.Where(alias => of is null || alias.KeyId == of), alias => alias.Name, alias =>
        {
            call.Output.WriteStartObject();
            call.Output.WriteString("AliasName"u8, alias.Name);
            call.Output.WriteString("AliasArn"u8, alias.Arn);
            call.Output.WriteString("TargetKeyId"u8, alias.KeyId);
            call.Json.WriteTime("CreationDate", alias.Created);
            call.Json.WriteTime("LastUpdatedDate", alias.Updated);
            call.Output.WriteEndObject();
        });
    }
}
