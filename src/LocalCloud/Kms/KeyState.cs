namespace LocalCloud.Kms;

/// <summary>Whether a key may be used; the names are those of the service.</summary>
internal enum KeyState
{
    Enabled,
    Disabled,
    PendingDeletion,
}
