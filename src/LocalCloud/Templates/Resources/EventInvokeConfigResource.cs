using LocalCloud.Lambda.Events;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>How a function's asynchronous invocations are tried again, and where their outcomes go.</summary>
internal static class EventInvokeConfigResource
{
    public static Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var function = context.Registered(context.Required("FunctionName"));
        var destinations = context.Properties["DestinationConfig"];
        function.EventInvoke = new EventInvokeSettings
        {
            MaximumRetryAttempts = Within(context, "MaximumRetryAttempts", 0, 2),
            MaximumEventAge = Within(context, "MaximumEventAgeInSeconds", 60, 21_600),
            OnSuccess = destinations?["OnSuccess"]?["Destination"] is { } success ? Text.Of(success) : null,
            OnFailure = destinations?["OnFailure"]?["Destination"] is { } failure ? Text.Of(failure) : null,
            LastModified = context.Site.Options.Time.GetUtcNow(),
        };
        return Task.FromResult(Created.With(context.PhysicalName(64)));
    }

    private static int? Within(ResourceContext context, string property, int least, int most) => context.Number(property) is not { } number ? null
        : number >= least && number <= most ? number
        : throw context.Wrong($"has a {property} of {number}. Choose one from {least} to {most}");
}
