using System.Globalization;
using LocalCloud.Lambda.Schedules;

namespace LocalCloud.Tests.Lambda.Schedules;

public class ScheduleExpressionTests
{
    [Theory]
    [InlineData("rate(1 minute)", "2026-11-20T12:01:30")]
    [InlineData("rate(90 minutes)", "2026-11-20T13:30:30")]
    [InlineData("rate(2 hours)", "2026-11-20T14:00:30")]
    [InlineData("rate(1 day)", "2026-11-21T12:00:30")]
    [InlineData("cron(* * * * ? *)", "2026-11-20T12:01:00")]
    [InlineData("cron(0/15 * * * ? *)", "2026-11-20T12:15:00")]
    [InlineData("cron(0 12 * * ? *)", "2026-11-21T12:00:00")]
    [InlineData("cron(30 8 ? * MON-FRI *)", "2026-11-23T08:30:00")]
    [InlineData("cron(0 0 ? * 1 *)", "2026-11-22T00:00:00")]
    [InlineData("cron(0 8,18 1 * ? *)", "2026-12-01T08:00:00")]
    [InlineData("cron(0 0 29 FEB ? *)", "2028-02-29T00:00:00")]
    [InlineData("cron(5 4 1 JAN ? 2030)", "2030-01-01T04:05:00")]
    public void The_next_time_is_that_of_EventBridge(string expression, string next) =>
        Assert.Equal(Utc(next), ScheduleExpression.Parse(expression).Next(Utc("2026-11-20T12:00:30")));

    [Fact]
    public void A_schedule_of_the_past_has_no_next_time() => Assert.Null(ScheduleExpression.Parse("cron(0 0 1 1 ? 2020)").Next(Utc("2026-11-20T12:00:00")));

    [Theory]
    [InlineData("rate(1 minutes)", "'rate(1 minutes)' is no schedule. Write rate(5 minutes), rate(1 hour) or cron(0 12 * * ? *).")]
    [InlineData("rate(0 minutes)", "'rate(0 minutes)' is no schedule. Write rate(5 minutes), rate(1 hour) or cron(0 12 * * ? *).")]
    [InlineData("every minute", "'every minute' is no schedule. Write rate(5 minutes), rate(1 hour) or cron(0 12 * * ? *).")]
    [InlineData("cron(0 12 * * *)", "'cron(0 12 * * *)' is no schedule: it needs six fields, minutes, hours, day of month, month, day of week and year.")]
    [InlineData("cron(0 12 * * * *)", "'cron(0 12 * * * *)' is no schedule: of day of month and day of week, one must be '?'.")]
    [InlineData("cron(60 12 * * ? *)", "'60' is no field of a schedule with values from 0 to 59. Write *, ?, a value, a range 1-5, a list 1,3 or a step 0/10; L, W and # are not known here.")]
    [InlineData("cron(0 12 L * ? *)", "'L' is no field of a schedule with values from 1 to 31. Write *, ?, a value, a range 1-5, a list 1,3 or a step 0/10; L, W and # are not known here.")]
    public void What_is_no_schedule_is_an_error_that_says_what_to_write(string expression, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<FormatException>(() => ScheduleExpression.Parse(expression)).Message);

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
