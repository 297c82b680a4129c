using System.Text;
using System.Text.Json;

namespace Messaging.Envelope;

/// <summary>Types and sources, which return in every message: each is made a string once. Bounded, so that a sender of ever new names fills nothing.</summary>
internal sealed class RecurringNames
{
    private const int MostLearned = 32;
    private volatile Name[] _known = [];
    private int _learned;

    /// <summary>Knows a name from the start, besides those that are learned.</summary>
    public void Add(string name) => _known = [.. _known, new(Encoding.UTF8.GetBytes(name), name)];

    /// <summary>The string that the reader stands at.</summary>
    public string Read(ref Utf8JsonReader json)
    {
        foreach (var name in _known)
        {
            if (json.ValueTextEquals(name.Utf8))
                return name.Text;
        }

        var text = json.GetString()!;
        if (Interlocked.Increment(ref _learned) <= MostLearned)
            Add(text);
        return text;
    }

    private readonly record struct Name(byte[] Utf8, string Text);
}
