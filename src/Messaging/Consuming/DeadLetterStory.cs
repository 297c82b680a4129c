using System.Globalization;

namespace Messaging.Consuming;

/// <summary>What a dead letter tells about its death, as attributes beside the ones that it had.</summary>
internal static class DeadLetterStory
{
    /// <summary>The id that SQS gave the message in its own queue.</summary>
    public const string MessageId = Prefix + "MessageId";

    private const string Prefix = "DeadLetter";
    private const int LongestReason = 1_024;

    // Where the body is, if it is in S3: without them nobody can read the dead letter.
    private static readonly string[] ClaimCheck = ["ExtendedPayloadSize", "SQSLargePayloadSize"];

    /// <summary>
    /// The story takes six attributes of SQS's ten. Beside a body near SQS's limit the reason is shortened first, then facts are left out.
    /// </summary>
    public static BoundedAttributes Of(Delivery delivery, Verdict.DeadLettered verdict, string consumer)
    {
        var attributes = new BoundedAttributes(delivery.Body.Length);
        foreach (var name in ClaimCheck)
        {
            if (delivery.Attributes.TryGetValue(name, out var value))
                attributes.Add(name, value);
        }

        var attempts = verdict.Attempts ?? delivery.ReceiveCount;
        attributes.AddText(Prefix + "ErrorType", verdict.ErrorType ?? nameof(Verdict));
        attributes.Add(Prefix + "Attempts", new() { DataType = "Number", StringValue = attempts.ToString(CultureInfo.InvariantCulture) });
        attributes.AddText(MessageId, delivery.MessageId);
        attributes.AddText(Prefix + "Consumer", consumer);
        attributes.AddText(Prefix + "Source", delivery.Source);
        attributes.AddShortened(Prefix + "Reason", verdict.FullReason, LongestReason);

        // One that was redriven has the story of its earlier death: the new one takes its place.
        foreach (var (name, value) in delivery.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) && name != Deferral.NotBefore)
                attributes.Add(name, value);
        }

        return attributes;
    }
}
