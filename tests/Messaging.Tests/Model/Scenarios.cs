using FsCheck;
using FsCheck.Fluent;

namespace Messaging.Tests.Model;

/// <summary>Random scenarios, and smaller ones of a scenario that failed.</summary>
internal static class Scenarios
{
    /// <summary>Messages of a scenario, copies not counted.</summary>
    public const int Messages = 400;

    private const int MostShrinks = 60;

    private static Gen<Step> Step { get; } = Gen.Frequency(
        (5, Gen.Elements<int?>(null, null, 0, 1, 20, 300, 3_600).Select(s => (Step)new Step.Retry(s is { } seconds ? TimeSpan.FromSeconds(seconds) : null))),
        (4, Gen.Constant<Step>(new Step.Throw())),
        (6, Gen.Elements(-10, 1, 90, 600, 2_000).Select(s => (Step)new Step.Defer(TimeSpan.FromSeconds(s)))),
        (1, Gen.Constant<Step>(new Step.Die())));

    private static Gen<IReadOnlyList<Step>> Steps { get; } = Gen.Frequency(
        (80, Gen.Constant(0)), (12, Gen.Constant(1)), (6, Gen.Choose(2, 3)), (2, Gen.Choose(4, 8)))
        .SelectMany(n => Gen.ArrayOf(Step, n)).Select(steps => (IReadOnlyList<Step>)steps);

    private static Gen<Ending> Ending { get; } = Gen.Frequency(
        (83, Gen.Constant(Model.Ending.Done)),
        (2, Gen.Constant(Model.Ending.DoneThenDie)),
        (4, Gen.Constant(Model.Ending.Discard)),
        (5, Gen.Constant(Model.Ending.DeadLetter)),
        (1, Gen.Constant(Model.Ending.Poison)),
        (2, Gen.Constant(Model.Ending.NoEnvelope)),
        (1, Gen.Constant(Model.Ending.NoData)),
        (2, Gen.Constant(Model.Ending.UnknownType)));

    private static Gen<int?> Copy { get; } = Gen.Frequency((94, Gen.Constant<int?>(null)), (6, Gen.Choose(0, 60).Select(n => (int?)n)));

    /// <summary>Scenarios of one kind of queue.</summary>
    public static Arbitrary<Scenario> Of(bool fifo)
    {
        var left = MostShrinks;
        return Arb.From(
            from groups in Gen.Elements(2, 10, 40, 100)
            from messages in Gen.ArrayOf(Message(groups), Messages)
            from schedule in Gen.Choose(0, int.MaxValue - 1)
            from pollers in Gen.Choose(1, 3)
            from lost in Gen.Elements(0, 2, 10)
            from stalls in Gen.Elements(0, 0, 5)
            from faults in Gen.Elements(false, true)
            from discards in Gen.Elements(false, true)
            select new Scenario(fifo, [.. messages.Select((m, i) => m with { Number = i })], schedule, pollers, lost, stalls, faults, discards),
            scenario => Smaller(scenario).TakeWhile(_ => left-- > 0));
    }

    private static Gen<Planned> Message(int groups) =>
        from @group in Gen.Choose(0, groups - 1)
        from steps in Steps
        from ending in Ending
        from copy in Copy
        select new Planned(0, @group, ending is Model.Ending.NoEnvelope or Model.Ending.NoData or Model.Ending.UnknownType ? [] : steps, ending, copy);

    // Each try costs as much as a test, so only what takes much away: parts of the messages, then the trouble around them.
    private static IEnumerable<Scenario> Smaller(Scenario scenario)
    {
        for (var part = scenario.Messages.Count / 2; part > 0; part = part > 3 ? part / 4 : part - 1)
        {
            for (var start = 0; start < scenario.Messages.Count; start += part)
                yield return scenario with { Messages = [.. scenario.Messages.Take(start), .. scenario.Messages.Skip(start + part)] };
        }

        if (scenario.Faults)
            yield return scenario with { Faults = false };
        if (scenario.LostAnswers + scenario.Stalls > 0)
            yield return scenario with { LostAnswers = 0, Stalls = 0 };
        if (scenario.Pollers > 1)
            yield return scenario with { Pollers = 1 };
    }
}
