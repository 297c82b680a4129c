using LocalCloud.DynamoDb.Expressions;
using LocalCloud.DynamoDb.Tables;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Operations;

internal static class UpdateItem
{
    public static void Run(DynamoDbCall call)
    {
        var returns = call.Input.OneOf("ReturnValues", "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
        var capacity = new CapacityReport(call.Input);
        var write = Read(call, call.Input);
        var after = write.After();
        write.Apply(after, call.Database.Now, capacity);
        ReturnedValues.Write(call.Output, returns switch
        {
            "ALL_OLD" => write.Before,
            "ALL_NEW" => after,
            "UPDATED_OLD" => Updated(write, write.Before),
            "UPDATED_NEW" => Updated(write, after),
            _ => null,
        });
        capacity.WriteOne(call.Output);
    }

    public static ItemWrite Read(DynamoDbCall call, DynamoDbInput input)
    {
        var table = call.Table("UpdateItem", input);
        var substitutions = DynamoDbCall.Substitutions(input, "UpdateExpression", "ConditionExpression");
        var update = input.Text("UpdateExpression") is { } text ? UpdateParser.Parse(text, substitutions) : null;
        var condition = ItemWrite.ConditionIn(input, substitutions);
        substitutions.CheckAllUsed();
        if (update?.Paths.FirstOrDefault(path => table.Key.Has(path.Root)) is { } keyed)
        {
            throw DynamoDbError.InvalidValue($"Cannot update attribute {keyed.Root}. This attribute is part of the key");
        }

        var key = ItemRules.CheckKey(table, input.RequiredValues("Key"));
        call.Demand("UpdateItem", table, key);
        MapValue Next(MapValue? before) => ItemRules.CheckUpdated(table, update is null ? before ?? key : update.Of(before ?? key));
        return new ItemWrite(table, key, condition, Next, ItemWrite.ShowsItemIn(input)) { Updated = [.. update?.Paths ?? []] };
    }

    private static MapValue? Updated(ItemWrite write, MapValue? item) =>
        item is not null && new Projection(write.Updated).Of(item) is { Members.Count: > 0 } updated ? updated : null;
}
