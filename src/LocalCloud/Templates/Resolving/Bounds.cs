using System.Runtime.CompilerServices;

namespace LocalCloud.Templates.Resolving;

/// <summary>What keeps a broken template from using up the memory or the stack.</summary>
internal static class Bounds
{
    /// <summary>CloudFormation takes 1 MB a template, so no text in one can be meant to become longer.</summary>
    private const int LongestText = 1024 * 1024;

    /// <summary>The text, if it is one that a template may make.</summary>
    public static string Checked(string text, string where) => text.Length <= LongestText
        ? text
        : throw new TemplateException($"{where}: a text becomes longer than {LongestText} characters. Make it shorter.");

    /// <summary>Before a step deeper into what refers to one another.</summary>
    public static void Deeper(string where)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new TemplateException($"{where}: the references go too deep to be followed. Shorten the chain.");
    }
}
