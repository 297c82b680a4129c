using Functions.Finance;

namespace Functions.Tests;

public sealed class JournalTests
{
    [Fact]
    public void An_entry_is_balanced()
    {
        var lines = Journal.Confirmed("hotel-1", new(240.10m, "EUR"));

        Assert.Equal(lines.Sum(l => l.Debit), lines.Sum(l => l.Credit));
        Assert.Equal(240.10m, lines.Sum(l => l.Debit));
        Assert.All(lines, l => Assert.Equal("EUR", l.Currency));
    }

    [Fact]
    public void A_cancellation_brings_every_account_back_to_zero()
    {
        var lines = Journal.Confirmed("hotel-1", new(240.10m, "EUR")).Concat(Journal.Cancelled("hotel-1", new(240.10m, "EUR")));

        Assert.All(lines.GroupBy(l => l.Account), account => Assert.Equal(0, account.Sum(l => l.Debit - l.Credit)));
    }
}
