using System.Text.Json.Nodes;
using LocalCloud.Lambda.Functions;
using LocalCloud.Lambda.Runtime;
using LocalCloud.Templates.Reading;

namespace LocalCloud.Templates.Resources;

/// <summary>One resource at the moment of its creation: its properties are resolved, what it refers to exists.</summary>
internal sealed record ResourceContext(Site Site, Resource Resource, JsonObject Properties)
{
    public ResourceId Id => Resource.Id;

    /// <summary>As CloudFormation makes one: stack, logical id and something unique, cut to what the service takes.</summary>
    public string PhysicalName(int maximum, string ending = "")
    {
        var tail = $"-{Site.Suffix}{ending}";
        var head = $"{Id.Stack}-{Id.LogicalId}";
        return head[..Math.Min(head.Length, maximum - tail.Length)] + tail;
    }

    public string? Text(string property) => Properties[property] is { } value ? Resolving.Text.Of(value) : null;

    public string Required(string property) => Text(property) ?? throw Wrong($"has no {property}. Add it to the template");

    public int? Number(string property) => Text(property) is not { } text ? null
        : int.TryParse(text, out var number) ? number : throw Wrong($"has '{text}' as its {property}, which is not a whole number. Correct the template");

    public bool Flag(string property) => Text(property) is "true" or "True";

    /// <summary>A function of this app by its ARN, name, or an API Gateway path that holds its ARN.</summary>
    public LambdaFunction Function(string reference)
    {
        var arn = reference.Split("/functions/") is [_, var path] ? path.Split("/invocations")[0] : reference;
        if (Site.NotRun.TryGetValue(arn, out var runtime))
            throw Wrong($"needs the function '{arn}' with the runtime '{runtime}', which is not run here. Only executables are: dotnet and provided runtimes");
        return Site.Functions.Find(arn) ?? throw Wrong($"needs the function '{arn}', which is not in this app. Deploy both together");
    }

    /// <summary>The same, as the account knows it.</summary>
    public Function Registered(string reference)
    {
        var runnable = Function(reference);
        return Site.Registered.First(function => function.Runnable == runnable);
    }

    /// <summary>An error about this resource; <paramref name="sentence"/> goes on after its name, without a full stop.</summary>
    public TemplateException Wrong(string sentence, Exception? cause = null)
    {
        var message = $"Resource {Id} ({Resource.Type}) {sentence}.";
        return cause is null ? new TemplateException(message) : new TemplateException(message, cause);
    }
}
