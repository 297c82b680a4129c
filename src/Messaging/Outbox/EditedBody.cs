using System.Text;
using Messaging.Envelope;

namespace Messaging.Outbox;

/// <summary>What a new body must be, so that the message stays the one it was and the service takes it.</summary>
internal static class EditedBody
{
    /// <summary>What SNS takes by default, with 1 KiB of it kept for attributes.</summary>
    public const int LargestBody = 255 * 1_024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The body as UTF-8.</returns>
    /// <exception cref="ArgumentException">It is not such a body. The sentence never quotes it.</exception>
    public static byte[] Check(OutboxDeadLetter letter, string body)
    {
        if (body.Length > LargestBody)
            throw Refused(letter, $"has {body.Length} characters; {LargestBody} bytes are the most a topic takes");
        var utf8 = Encode(letter, body);
        if (utf8.Length > LargestBody)
            throw Refused(letter, $"has {utf8.Length} bytes; {LargestBody} are the most a topic takes");

        // The only two that JSON takes raw and SQS does not.
        if (body.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') is var place and >= 0)
            throw Refused(letter, $"has a character at position {place} that SQS refuses: U+FFFE or U+FFFF");

        var attributes = Read(letter, utf8);
        if (attributes.Id != letter.MessageId)
            throw Refused(letter, "has another id: that would be another message");
        if (attributes.Type != letter.Type)
            throw Refused(letter, $"has another type: it must stay {letter.Type}");
        if (attributes.PartitionKey != letter.Key)
            throw Refused(letter, "has another partition key, or none: it would lose its place among the messages of its key");
        return utf8;
    }

    /// <summary>What was encrypted stays as it is, for nobody would encrypt it again on its way out. Its members in the clear may be others.</summary>
    /// <exception cref="ArgumentException">The new body is in the clear, or is encrypted otherwise; or nobody knows what the old one is.</exception>
    public static void RefuseInTheClear(OutboxDeadLetter letter, string old, byte[] utf8)
    {
        if (EnvelopeOf(Encoding.UTF8.GetBytes(old)) is not { } before)
            return;
        if (before.Pointer is not null)
            throw Refused(letter, "would take the place of a pointer to a payload in S3, which may be encrypted: discard the message, and publish what is right");
        if (before.Encryption is not null && (EnvelopeOf(utf8) is not { } after || after.Encryption != before.Encryption || !SealedValues.Of(after).SequenceEqual(SealedValues.Of(before))))
            throw Refused(letter, "is not encrypted as the old one is: keep its extensions dataencryption… and the encrypted values");
    }

    private static EventEnvelope? EnvelopeOf(byte[] utf8)
    {
        try
        {
            return CloudEventReader.Read(utf8, null);
        }
        catch (InvalidCloudEventException)
        {
            // Nobody says that it must be an envelope: the caller may have written it by hand.
            return null;
        }
    }

    private static byte[] Encode(OutboxDeadLetter letter, string body)
    {
        try
        {
            return Strict.GetBytes(body);
        }
        catch (EncoderFallbackException e)
        {
            throw Refused(letter, $"has half a surrogate pair at position {e.Index}");
        }
    }

    private static CloudEvent Read(OutboxDeadLetter letter, byte[] utf8)
    {
        try
        {
            var (attributes, data) = CloudEventReader.Read(utf8);
            return utf8.AsSpan().Overlaps(data.Span) ? attributes : throw Refused(letter, "is the notification that SNS wraps a message in: take its Message");
        }
        catch (InvalidCloudEventException e)
        {
            throw Refused(letter, $"is no CloudEvents message: {e.Message.TrimEnd('.')}");
        }
    }

    private static ArgumentException Refused(OutboxDeadLetter letter, string what) =>
        new($"The new body of message {letter.MessageId} to {letter.Destination} {what}. Nothing was changed.");
}
