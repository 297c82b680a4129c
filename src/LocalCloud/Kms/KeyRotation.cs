namespace LocalCloud.Kms;

/// <summary>How often keys get fresh material, in days.</summary>
internal static class KeyRotation
{
    public const int ShortestPeriod = 90;
    public const int DefaultPeriod = 365;
    public const int LongestPeriod = 2560;
}
