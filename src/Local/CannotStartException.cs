namespace Local;

/// <summary>Something on this machine is missing or in the way. The message is one sentence that says what to do.</summary>
internal sealed class CannotStartException : Exception
{
    public CannotStartException(string message)
        : base(message)
    {
    }

    public CannotStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public CannotStartException()
    {
    }
}
