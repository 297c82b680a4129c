using System.Text.Json.Serialization.Metadata;

namespace Contracts;

/// <summary>A contract whatever its data: what filters, schemas and documents need of it.</summary>
/// <param name="Type">The stable name with a version, the envelope's <c>type</c>. Never a CLR name: consumers outlive refactorings.</param>
/// <param name="Data">The generated JSON metadata of the record that carries the data; it knows the record's type.</param>
/// <param name="Destinations">Logical names of the topics or queues it is sent to, from <see cref="Contracts.Destinations"/>.</param>
public abstract record Contract(string Type, JsonTypeInfo Data, IReadOnlyList<string> Destinations)
{
    /// <summary>The attribute that carries the type: every message has it, whatever its contract.</summary>
    public const string TypeAttribute = "type";

    /// <summary>The most attributes besides the type. Raw delivery throws a message with more than ten away, and one place is kept for what a deferral adds.</summary>
    public const int MostAttributes = 8;

    /// <summary>The functions that send it, for people who look for them. A test holds it against what the stack lets them do.</summary>
    public IReadOnlyList<string> Senders { get; init; } = [];

    /// <summary>What subscriptions may filter on besides the type.</summary>
    public abstract IReadOnlyList<AttributeName> AttributeNames { get; }
}

/// <summary>One kind of message: what it is called on the wire, how it is written, what keeps its order, and where it goes.</summary>
/// <typeparam name="T">The record that carries the data.</typeparam>
/// <param name="Type">The stable name with a version, the envelope's <c>type</c>.</param>
/// <param name="Json">The generated JSON metadata of <typeparamref name="T"/>.</param>
/// <param name="Key">Messages with one key stay in order; it becomes the message group id of FIFO destinations (at most 128 characters).</param>
/// <param name="Destinations">Logical names of the topics or queues it is sent to, from <see cref="Contracts.Destinations"/>.</param>
public sealed record Contract<T>(string Type, JsonTypeInfo<T> Json, Func<T, string> Key, params IReadOnlyList<string> Destinations)
    : Contract(Type, Json, Destinations)
{
    /// <summary>What is repeated outside the envelope, in the clear, for subscriptions to filter on. Never personal data.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="Contract.MostAttributes"/>, or two of one name.</exception>
    public IReadOnlyList<AttributeOf<T>> Attributes
    {
        get;
        init
        {
            if (value.Count > MostAttributes)
                throw new ArgumentException($"The contract {Type} has {value.Count} attributes. Keep {MostAttributes}: with the type, more would not reach every queue.", nameof(value));
            if (value.Select(a => a.Name).Append(TypeAttribute).CountBy(name => name, StringComparer.Ordinal).FirstOrDefault(c => c.Value > 1) is { Key: { } twice })
                throw new ArgumentException($"The contract {Type} has the attribute '{twice}' twice. '{TypeAttribute}' is taken.", nameof(value));
            field = value;
        }
    } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<AttributeName> AttributeNames => Attributes;

    /// <summary>
    /// What of the data is encrypted, and refused in the clear by its consumers: paths of members (<c>guest.name</c>), or <c>$</c> for all of it. Null: nothing.
    /// </summary>
    public IReadOnlyList<string>? Encryption { get; init; }
}
