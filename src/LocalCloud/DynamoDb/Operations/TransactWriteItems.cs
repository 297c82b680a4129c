using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using LocalCloud.DynamoDb.Tables;
using LocalCloud.DynamoDb.Values;
using LocalCloud.Http;

namespace LocalCloud.DynamoDb.Operations;

internal static class TransactWriteItems
{
    private const int LongestToken = 36;
    private const int LargestTransaction = 4 * 1024 * 1024;

    public static void Run(DynamoDbCall call)
    {
        var capacity = new CapacityReport(call.Input, transactional: true);
        var items = TransactItems.Read(call.Input);
        List<ItemWrite> writes = [.. items.Select(item => Read(call, item))];
        TransactItems.CheckDistinct(writes.Select(write => (write.Table, write.Key)));
        var token = call.Input.Text("ClientRequestToken");
        var digest = Convert.ToHexString(SHA256.HashData(JsonMarshal.GetRawUtf8Value(call.Input.Json.GetProperty("TransactItems"))));
        if (token is not null && (token.Length is 0 or > LongestToken))
        {
            throw DynamoDbError.Constraint("ClientRequestToken", token, $"Member must have length between 1 and {LongestToken}");
        }

        if (token is not null && call.Database.Tokens.WasDone(token, digest, call.Database.Now))
        {
            // Done again it would change nothing: only what it found there is read.
            writes.ForEach(write => capacity.Read(write.Table, null, write.Before?.ContentSize ?? 0, consistent: true));
            capacity.WriteAll(call.Output);
            return;
        }

        var after = Prepare(writes);
        call.Database.Ensure(writes.Zip(after).Sum(change => (long)Math.Max(0, Table.Growth(change.First.Before, change.Second))));
        foreach (var (write, item) in writes.Zip(after))
        {
            write.Apply(item, call.Database.Now, capacity);
        }

        if (token is not null)
        {
            call.Database.Tokens.Done(token, digest, call.Database.Now);
        }

        capacity.WriteAll(call.Output);
    }

    // Everything is decided before anything is changed.
    private static List<MapValue?> Prepare(List<ItemWrite> writes)
    {
        List<MapValue?> after = [];
        List<ServiceException?> reasons = [];
        foreach (var write in writes)
        {
            try
            {
                after.Add(write.After());
                reasons.Add(null);
            }
            catch (ServiceException reason)
            {
                reasons.Add(reason);
            }
        }

        return reasons.Exists(reason => reason is not null) ? throw new TransactionCanceledException(reasons)
            : after.Sum(item => (long)(item?.ContentSize ?? 0)) > LargestTransaction
                ? throw DynamoDbError.Validation($"The items of a transaction may have at most {LargestTransaction} bytes together")
            : after;
    }

    private static ItemWrite Read(DynamoDbCall call, DynamoDbInput item)
    {
        List<ItemWrite> found = [];
        foreach (var member in item.Json.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object))
        {
            var input = new DynamoDbInput(member.Value);
            ItemWrite? write = member.Name switch
            {
                "Put" => PutItem.Read(call, input),
                "Update" => Update(call, input),
                "Delete" => DeleteItem.Read(call, input),
                "ConditionCheck" => ConditionCheck.Read(call, input),
                _ => null,
            };
            if (write is not null)
            {
                found.Add(write);
            }
        }

        return found is [var only] ? only
            : throw DynamoDbError.Validation("TransactItems can only contain one of Check, Put, Update or Delete");
    }

    private static ItemWrite Update(DynamoDbCall call, DynamoDbInput input)
    {
        _ = input.Required("UpdateExpression");
        return UpdateItem.Read(call, input);
    }
}
