namespace Messaging.Encryption;

/// <summary>Where a member's value is.</summary>
/// <param name="Start">Its first byte in the data.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Name">Its path with the places in lists: <c>guests[1].name</c>.</param>
internal readonly record struct MemberPlace(int Start, int Length, string Name);
