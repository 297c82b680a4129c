namespace Messaging.Tests.Model;

/// <summary>A message and its script.</summary>
/// <param name="Number">Its place in the order of sending.</param>
/// <param name="Group">Its message group.</param>
/// <param name="Steps">What its runs do before the last.</param>
/// <param name="Ending">How it ends.</param>
/// <param name="CopyAfter">Null, or after how many further messages the same envelope is sent once more.</param>
internal sealed record Planned(int Number, int Group, IReadOnlyList<Step> Steps, Ending Ending, int? CopyAfter)
{
    public bool HasEffect => Ending is Ending.Done or Ending.DoneThenDie;

    public override string ToString() =>
        $"{Number} of group {Group}: {string.Join(", ", Steps.Select(s => s.ToString()).Append(Ending.ToString()))}{(CopyAfter is { } n ? $"; again after {n}" : "")}";
}
