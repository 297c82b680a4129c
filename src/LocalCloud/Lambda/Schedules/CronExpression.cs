namespace LocalCloud.Lambda.Schedules;

/// <summary>EventBridge's six fields: minutes, hours, day of month, month, day of week (1 is Sunday), year; one of the two days is <c>?</c>.</summary>
internal sealed class CronExpression : ScheduleExpression
{
    private const int LastYear = 2199;

    private readonly CronField _minute, _hour, _day, _month, _weekday, _year;

    public CronExpression(string fields)
    {
        if (fields.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var minute, var hour, var day, var month, var weekday, var year])
            throw new FormatException($"'cron({fields})' is no schedule: it needs six fields, minutes, hours, day of month, month, day of week and year.");
        if (day != "?" && weekday != "?")
            throw new FormatException($"'cron({fields})' is no schedule: of day of month and day of week, one must be '?'.");
        _minute = new CronField(minute, 0, 59);
        _hour = new CronField(hour, 0, 23);
        _day = new CronField(day, 1, 31);
        _month = new CronField(month, 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
        _weekday = new CronField(weekday, 1, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
        _year = new CronField(year, 1970, LastYear);
    }

    public override DateTimeOffset? Next(DateTimeOffset after)
    {
        var utc = after.ToUniversalTime();
        var time = new DateTimeOffset(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, 0, TimeSpan.Zero).AddMinutes(1);
        while (time.Year <= LastYear)
        {
            if (!_year.Has(time.Year))
                time = new DateTimeOffset(time.Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero);
            else if (!_month.Has(time.Month))
                time = new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
            else if (!_day.Has(time.Day) || !_weekday.Has((int)time.DayOfWeek + 1))
                time = new DateTimeOffset(time.Year, time.Month, time.Day, 0, 0, 0, TimeSpan.Zero).AddDays(1);
            else if (!_hour.Has(time.Hour))
                time = new DateTimeOffset(time.Year, time.Month, time.Day, time.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
            else if (!_minute.Has(time.Minute))
                time = time.AddMinutes(1);
            else
                return time;
        }
        return null;
    }
}
