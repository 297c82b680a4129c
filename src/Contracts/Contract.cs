using System.Text.Json.Serialization.Metadata;

namespace Contracts;

/// <summary>One kind of message: what it is called on the wire, how it is written, what keeps its order, and where it goes.</summary>
/// <typeparam name="T">The record that carries the data.</typeparam>
/// <param name="Type">The stable name with a version, the envelope's <c>type</c>. Never a CLR name: consumers outlive refactorings.</param>
/// <param name="Json">The generated JSON metadata of <typeparamref name="T"/>.</param>
/// <param name="Key">Messages with one key stay in order; it becomes the message group id of FIFO destinations (at most 128 characters).</param>
/// <param name="Destinations">Logical names of the topics or queues it is sent to, from <see cref="Contracts.Destinations"/>.</param>
public sealed record Contract<T>(string Type, JsonTypeInfo<T> Json, Func<T, string> Key, params IReadOnlyList<string> Destinations)
{
    /// <summary>
    /// What of the data is encrypted, and refused in the clear by its consumers: paths of members (<c>guest.name</c>), or <c>$</c> for all of it. Null: nothing.
    /// </summary>
    public IReadOnlyList<string>? Encryption { get; init; }
}
