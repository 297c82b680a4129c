namespace LocalCloud.Kms.Operations;

/// <summary>ScheduleKeyDeletion and CancelKeyDeletion.</summary>
internal static class KeyDeletion
{
    private const int ShortestDays = 7;
    private const int LongestDays = 30;

    public static void Schedule(KmsCall call)
    {
        var days = call.Input.Number("PendingWindowInDays", ShortestDays, LongestDays) ?? LongestDays;
        var key = call.Change("ScheduleKeyDeletion", key => key with { State = KeyState.PendingDeletion, DeletionDate = call.Keys.Now.AddDays(days) });
        call.Output.WriteString("KeyId"u8, key.Arn);
        call.Json.WriteTime("DeletionDate", key.DeletionDate!.Value);
        call.Output.WriteString("KeyState"u8, key.State.ToString());
        call.Output.WriteNumber("PendingWindowInDays"u8, days);
    }

    /// <summary>The key comes back disabled.</summary>
    public static void Cancel(KmsCall call)
    {
        var id = call.Key("CancelKeyDeletion").Id;
        var key = call.Keys.Change(id, key => key.State == KeyState.PendingDeletion
            ? key with { State = KeyState.Disabled, DeletionDate = null }
            : throw KmsError.InvalidState($"{key.Arn} is not pending deletion."));
        call.Output.WriteString("KeyId"u8, key.Arn);
    }
}
