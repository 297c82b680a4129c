using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Lambda;
using LocalCloud.Lambda.Schedules;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>
/// A rule of EventBridge with a schedule. There is no event bus here, so a rule with a pattern never fires. A target's RetryPolicy and DeadLetterConfig are
/// for events that EventBridge cannot hand over; Lambda takes each of them here, and tries a failed one again as the function's EventInvokeConfig says.
/// </summary>
internal static class RuleResource
{
    public static Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var site = context.Site;
        var name = context.Text("Name") ?? context.PhysicalName(64);
        var arn = site.Names.Arn("events", $"rule/{name}");
        if (context.Text("ScheduleExpression") is not { } expression)
            LambdaLog.RuleWithoutSchedule(site.Logger, context.Id.LogicalId, context.Id.Stack);
        else if (context.Text("State") != "DISABLED")
        {
            var schedule = Parse(context, expression);
            foreach (var target in context.Properties["Targets"] as JsonArray ?? [])
            {
                var rule = new ScheduledRule(arn, schedule, context.Registered(Text.Of(target!["Arn"]!)), Input(target), site.Options.Time);
                site.Schedules.Add(rule);
                site.RuleArns[rule] = arn;
            }
        }
        return Task.FromResult(Created.With(name, ("Arn", arn)));
    }

    private static ScheduleExpression Parse(ResourceContext context, string expression)
    {
        try
        {
            return ScheduleExpression.Parse(expression);
        }
        catch (FormatException e)
        {
            throw context.Wrong($"has a ScheduleExpression that cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static byte[]? Input(JsonNode target) => target["Input"] is { } input ? Encoding.UTF8.GetBytes(Text.Of(input)) : null;
}
