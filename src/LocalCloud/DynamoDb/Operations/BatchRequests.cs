using System.Text.Json;
using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>The requests of a batch by table.</summary>
internal static class BatchRequests
{
    /// <exception cref="Http.ServiceException">There are none, or they are no structures.</exception>
    public static IEnumerable<(string Table, DynamoDbInput Value)> Read(DynamoDbInput input, JsonValueKind kind = JsonValueKind.Object)
    {
        var requests = input.Map("RequestItems");
        return requests.Count == 0 ? throw DynamoDbError.Constraint("RequestItems", "{}", "Member must have length greater than or equal to 1")
            : requests.Select(request => request.Value.ValueKind == kind ? (request.Name, new DynamoDbInput(request.Value))
                : throw DynamoDbError.Malformed($"RequestItems has no {kind.ToString().ToLowerInvariant()} for a table."));
    }

    /// <exception cref="Http.ServiceException">There is no such table.</exception>
    public static Table Find(DynamoDbCall call, string reference) =>
        call.Database.Find(TableName.OfReference("requestItems", reference)) ?? throw DynamoDbError.NotFound();
}
