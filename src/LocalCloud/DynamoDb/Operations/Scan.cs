using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

internal static class Scan
{
    private const int MostSegments = 1_000_000;

    public static void Run(DynamoDbCall call)
    {
        var substitutions = DynamoDbCall.Substitutions(call.Input, "FilterExpression", "ProjectionExpression");
        var page = new PageRequest(call, "Scan", substitutions);
        substitutions.CheckAllUsed();
        var (segment, total) = Segment(call.Input);
        var (lower, upper) = Position.Segment(segment, total);
        page.Answer(lower, upper, forward: true);
    }

    private static (int Segment, int Total) Segment(DynamoDbInput input)
    {
        var segment = input.Number("Segment", 0, MostSegments - 1);
        var total = input.Number("TotalSegments", 1, MostSegments);
        return (segment, total) switch
        {
            (null, null) => (0, 1),
            (null, _) => throw DynamoDbError.Validation("The Segment parameter is required but was not present in the request when parameter TotalSegments is present"),
            (_, null) => throw DynamoDbError.Validation("The TotalSegments parameter is required but was not present in the request when Segment parameter is present"),
            _ when segment >= total => throw DynamoDbError.Validation(
                $"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {total}"),
            _ => ((int)segment, (int)total),
        };
    }
}
