namespace LocalCloud.Sqs;

/// <content>What a consumer does with the receipt handle it got.</content>
internal sealed partial class Queue
{
    /// <summary>Deletes the message if the handle is of its latest receive.</summary>
    /// <exception cref="Http.ServiceException">The handle is none of this queue, or of a FIFO message that is visible again.</exception>
    public void Delete(string handle)
    {
        var parsed = Parse(handle);
        lock (_gate)
        {
            Settle();
            if (!_messages.TryGetValue(parsed.MessageKey, out var message) || message.Receipt != parsed.Receipt)
            {
                return;
            }

            if (Settings.IsFifo && message.State != MessageState.InFlight)
            {
                throw SqsError.InvalidValue("ReceiptHandle", handle, "The receipt handle has expired.");
            }

            Drop(message);
        }
    }

    /// <summary>Hides a message in flight for so many seconds from now; 0 makes it visible at once.</summary>
    /// <exception cref="Http.ServiceException">The handle is none of this queue, the message is gone or not in flight, or it would be hidden for more than 12 hours in all.</exception>
    public void ChangeVisibility(string handle, int seconds)
    {
        var parsed = Parse(handle);
        lock (_gate)
        {
            Settle();
            if (!_messages.TryGetValue(parsed.MessageKey, out var message) || message.Receipt != parsed.Receipt)
            {
                throw SqsError.InvalidValue("ReceiptHandle", handle, "Message does not exist or is not available for visibility timeout change.");
            }

            if (message.State != MessageState.InFlight)
            {
                throw SqsError.MessageNotInflight(handle);
            }

            var until = Now + (seconds * 1000L);
            if (until > message.LastReceivedAt + 43_200_000L)
            {
                throw SqsError.InvalidValue("VisibilityTimeout", $"{seconds}", "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
            }

            message.VisibilityChanged = true;
            _hidden.Remove(message);
            message.VisibleAt = until;
            _hidden.Add(message);
            _service.Journal?.Changed(this, message);
            Settle();
            SetTimer();
        }
    }

    private ReceiptHandle Parse(string handle) =>
        ReceiptHandle.TryParse(handle) is { } parsed && parsed.QueueKey == Key ? parsed : throw SqsError.ReceiptHandleIsInvalid(handle);
}
