using System.Globalization;

namespace LocalCloud.Lambda.Schedules;

/// <summary>One field of a cron expression: <c>*</c>, <c>?</c>, values, ranges, lists, steps and names.</summary>
internal sealed class CronField
{
    private readonly HashSet<int> _values = [];

    public CronField(string text, int first, int last, params string[] names)
    {
        IsAny = text is "*" or "?";
        foreach (var item in text.Split(','))
            Add(item);

        void Add(string item)
        {
            var (range, step) = item.Split('/') switch
            {
                [var whole] => (whole, 0),
                [var whole, var every] => (whole, Number(every)),
                _ => throw Invalid(),
            };
            var (from, to) = range.Split('-') switch
            {
                ["*" or "?"] => (first, last),
                [var one] => (Number(one), step > 0 ? last : Number(one)),
                [var low, var high] => (Number(low), Number(high)),
                _ => throw Invalid(),
            };
            if (from < first || to > last || from > to)
                throw Invalid();
            for (var value = from; value <= to; value += Math.Max(1, step))
                _values.Add(value);
        }

        int Number(string value)
        {
            var name = Array.FindIndex(names, name => name.Equals(value, StringComparison.OrdinalIgnoreCase));
            return name >= 0 ? name + first : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid();
        }

        FormatException Invalid() => new(
            $"'{text}' is no field of a schedule with values from {first} to {last}. "
            + "Write *, ?, a value, a range 1-5, a list 1,3 or a step 0/10; L, W and # are not known here.");
    }

    public bool IsAny { get; }

    public bool Has(int value) => _values.Contains(value);
}
