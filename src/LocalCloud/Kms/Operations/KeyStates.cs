namespace LocalCloud.Kms.Operations;

/// <summary>EnableKey, DisableKey and UpdateKeyDescription.</summary>
internal static class KeyStates
{
    public static void Enable(KmsCall call) => call.Change("EnableKey", key => key with { State = KeyState.Enabled });

    public static void Disable(KmsCall call) => call.Change("DisableKey", key => key with { State = KeyState.Disabled });

    public static void Describe(KmsCall call)
    {
        var description = call.Input.Required("Description", 0, KmsKey.LongestDescription);
        call.Change("UpdateKeyDescription", key => key with { Description = description });
    }
}
