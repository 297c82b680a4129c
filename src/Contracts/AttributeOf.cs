using System.Globalization;

namespace Contracts;

/// <summary>An attribute that subscriptions may filter on.</summary>
/// <param name="Name">1 to 256 letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; it stays as long as subscriptions name it.</param>
/// <param name="IsNumber">Sent as a number, which filters can compare; else as text.</param>
public abstract record AttributeName(string Name, bool IsNumber);

/// <summary>An attribute, and how it is read from the data.</summary>
/// <typeparam name="T">The record that carries the data.</typeparam>
public sealed record AttributeOf<T> : AttributeName
{
    private readonly Func<T, string?> _read;

    /// <summary>A text of at most 256 characters. Where it is null or empty the message goes without the attribute.</summary>
    public AttributeOf(string name, Func<T, string?> text)
        : base(name, IsNumber: false) => _read = text;

    /// <summary>A number from -1,000,000,000 to 1,000,000,000; filters see five decimals. Where it is null the message goes without the attribute.</summary>
    public AttributeOf(string name, Func<T, decimal?> number)
        : base(name, IsNumber: true) => _read = data => number(data)?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The value as it is sent; null where this message has none.</summary>
    public string? Of(T data) => _read(data) is { Length: > 0 } value ? value : null;
}
