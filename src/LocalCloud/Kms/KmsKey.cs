using System.Collections.Immutable;

namespace LocalCloud.Kms;

/// <summary>A key as it is at one moment. A change makes another record: <see cref="KmsKeys.Change"/>.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Arn">With the id.</param>
/// <param name="Policy">The key policy, as JSON.</param>
/// <param name="Created">When it was made.</param>
internal sealed record KmsKey(string Id, string Arn, string Policy, DateTimeOffset Created)
{
    public const int LongestDescription = 8192;

    public KeyState State { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The service that the key belongs to, such as <c>sqs</c>; null for a customer's key.</summary>
    public string? Service { get; init; }

    /// <summary>When it goes for good, while deletion is pending.</summary>
    public DateTimeOffset? DeletionDate { get; init; }

    /// <summary>Days between rotations, 90 to 2,560; null while it is not rotated.</summary>
    public int? RotationPeriod { get; init; }

    public DateTimeOffset? NextRotation { get; init; }

    /// <summary>All versions of its secret, the one in use last: what an older one encrypted can still be read.</summary>
    public ImmutableArray<KeyMaterial> Materials { get; init; } = [new()];

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The key as the time passes: with fresh material when a rotation is due, null when it has been deleted.</summary>
    public KmsKey? At(DateTimeOffset now) =>
        DeletionDate <= now ? null
        : State != KeyState.PendingDeletion && NextRotation <= now ? this with { Materials = Materials.Add(new()), NextRotation = now.AddDays(RotationPeriod!.Value) }
        : this;
}
