using System.Globalization;

namespace LocalCloud.Lambda.Schedules;

/// <summary>When a rule fires: <c>rate(5 minutes)</c>, counted from the deployment, or <c>cron(0 12 * * ? *)</c>, in UTC.</summary>
internal abstract class ScheduleExpression
{
    /// <exception cref="FormatException">The sentence says what is wrong with the expression.</exception>
    public static ScheduleExpression Parse(string expression)
    {
        if (expression.StartsWith("cron(", StringComparison.Ordinal) && expression.EndsWith(')'))
            return new CronExpression(expression[5..^1]);
        if (expression.StartsWith("rate(", StringComparison.Ordinal) && expression.EndsWith(')')
            && expression[5..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var text, var unit]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            && Unit(unit, count) is { } period)
            return new Rate(period * count);
        throw new FormatException($"'{expression}' is no schedule. Write rate(5 minutes), rate(1 hour) or cron(0 12 * * ? *).");
    }

    /// <summary>The first time after <paramref name="after"/>; null if there is none.</summary>
    public abstract DateTimeOffset? Next(DateTimeOffset after);

    // EventBridge insists on the singular for one.
    private static TimeSpan? Unit(string unit, int count) => (unit, count == 1) switch
    {
        ("minute", true) or ("minutes", false) => TimeSpan.FromMinutes(1),
        ("hour", true) or ("hours", false) => TimeSpan.FromHours(1),
        ("day", true) or ("days", false) => TimeSpan.FromDays(1),
        _ => null,
    };

    private sealed class Rate(TimeSpan period) : ScheduleExpression
    {
        public override DateTimeOffset? Next(DateTimeOffset after) => after + period;
    }
}
