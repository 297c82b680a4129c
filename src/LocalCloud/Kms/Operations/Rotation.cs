namespace LocalCloud.Kms.Operations;

/// <summary>EnableKeyRotation, DisableKeyRotation and GetKeyRotationStatus.</summary>
internal static class Rotation
{
    public static void Enable(KmsCall call)
    {
        var days = call.Input.Number("RotationPeriodInDays", KeyRotation.ShortestPeriod, KeyRotation.LongestPeriod) ?? KeyRotation.DefaultPeriod;
        call.Change("EnableKeyRotation", key => KmsCall.Usable(key) with { RotationPeriod = days, NextRotation = call.Keys.Now.AddDays(days) });
    }

    public static void Disable(KmsCall call) =>
        call.Change("DisableKeyRotation", key => KmsCall.Usable(key) with { RotationPeriod = null, NextRotation = null });

    public static void Status(KmsCall call)
    {
        var key = call.Key("GetKeyRotationStatus");
        var enabled = key.RotationPeriod is not null && key.State != KeyState.PendingDeletion;
        call.Output.WriteBoolean("KeyRotationEnabled"u8, enabled);
        call.Output.WriteString("KeyId"u8, key.Id);
        if (enabled)
        {
            call.Output.WriteNumber("RotationPeriodInDays"u8, key.RotationPeriod!.Value);
            call.Json.WriteTime("NextRotationDate", key.NextRotation!.Value);
        }
    }
}
