using Crash.Judging;

namespace EndToEnd.Tests;

/// <summary>What the crash program's account calls lost, invented, doubled and out of order: an account that is always clean would prove nothing.</summary>
public sealed class TallyTests
{
    [Theory]
    [InlineData("confirmed,cancelled", "confirmed,cancelled", 0, 0, 0, 0)]
    [InlineData("confirmed,cancelled", "confirmed", 1, 0, 0, 0)]
    [InlineData("confirmed,cancelled", "", 2, 0, 0, 0)]
    [InlineData("confirmed", "confirmed,cancelled", 0, 1, 0, 0)]
    [InlineData("", "rejected", 0, 1, 0, 0)]
    [InlineData("confirmed,cancelled", "confirmed,confirmed,cancelled", 0, 0, 1, 0)]
    [InlineData("confirmed,cancelled", "cancelled,confirmed", 0, 0, 0, 1)]
    [InlineData("confirmed,cancelled", "cancelled,confirmed,cancelled", 0, 0, 1, 1)]
    public void The_account_tells_what_is_lost_invented_doubled_and_out_of_order(string due, string effects, int lost, int ghosts, int duplicates, int outOfOrder)
    {
        var tally = new Tally("ledger");

        tally.Judge(Guid.Empty, Kinds(due), Kinds(effects), isOrdered: true);

        Assert.Equal((lost, ghosts, duplicates, outOfOrder), (tally.Lost, tally.Ghosts, tally.Duplicates, tally.OutOfOrder));
        Assert.Equal(due == effects, tally.Findings.Count == 0);
    }

    [Fact]
    public void Where_no_order_was_promised_none_is_judged()
    {
        var tally = new Tally("letters");

        tally.Judge(Guid.Empty, ["confirmed", "cancelled"], ["cancelled", "confirmed"], isOrdered: false);

        Assert.Equal(0, tally.OutOfOrder);
    }

    private static string[] Kinds(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
