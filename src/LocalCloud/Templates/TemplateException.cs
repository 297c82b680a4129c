namespace LocalCloud.Templates;

/// <summary>A template cannot be read, resolved or created. The message names the stack, the logical id and what to do.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>With the sentence for the developer.</summary>
    public TemplateException(string message) : base(message) { }

    /// <summary>With the sentence for the developer and its cause.</summary>
    public TemplateException(string message, Exception cause) : base(message, cause) { }
}
