namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>An event or a result that does not fit its type, or a type that the context does not know.</summary>
public class JsonSerializerException : Exception
{
    /// <summary>An error that has only words.</summary>
    public JsonSerializerException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public JsonSerializerException(string message, Exception exception)
        : base(message, exception)
    {
    }
}
