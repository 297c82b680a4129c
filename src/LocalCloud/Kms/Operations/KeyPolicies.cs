namespace LocalCloud.Kms.Operations;

/// <summary>GetKeyPolicy, PutKeyPolicy and ListKeyPolicies: a key has one policy, named default.</summary>
internal static class KeyPolicies
{
    private const string OnlyName = "default";

    public static void Get(KmsCall call)
    {
        var key = call.Key("GetKeyPolicy");
        CheckName(call);
        call.Output.WriteString("Policy"u8, key.Policy);
        call.Output.WriteString("PolicyName"u8, OnlyName);
    }

    public static void Put(KmsCall call)
    {
        var policy = KeyPolicy.Check(call.Input.Required("Policy"));
        CheckName(call);
        call.Change("PutKeyPolicy", key => key with { Policy = policy });
    }

    public static void List(KmsCall call)
    {
        call.Key("ListKeyPolicies");
        Page.Write(call, "PolicyNames", 100, [OnlyName], name => name, call.Output.WriteStringValue);
    }

    private static void CheckName(KmsCall call)
    {
        if (call.Input.Text("PolicyName", 1, 128) is not (null or OnlyName))
        {
            throw new Http.ServiceException("NotFoundException", "No such policy exists");
        }
    }
}
