namespace LocalCloud.Lambda.Calls;

/// <summary>What a caller signs with.</summary>
/// <param name="Id">The access key's id.</param>
/// <param name="Secret">Its secret: never logged.</param>
/// <param name="SessionToken">Of a key that stands for a role; null for one that lasts.</param>
internal sealed record AccessKey(string Id, string Secret, string? SessionToken = null)
{
    /// <summary>The key that may do everything, at LocalCloud and at other emulators.</summary>
    public static AccessKey Test { get; } = new("test", "test");
}
