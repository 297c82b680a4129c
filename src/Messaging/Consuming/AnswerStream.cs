using Messaging.Diagnostics;

namespace Messaging.Consuming;

/// <summary>An answer to Lambda. The runtime client disposes it when Lambda has it, which is the only sign of that.</summary>
internal sealed class AnswerStream(ArraySegment<byte> utf8) : MemoryStream(utf8.Array!, utf8.Offset, utf8.Count, writable: false)
{
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            FailPoint.After(Step.Acknowledge);
        base.Dispose(disposing);
    }
}
