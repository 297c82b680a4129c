using LocalCloud.DynamoDb.Expressions;
using LocalCloud.DynamoDb.Tables;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>What Query and Scan have in common: a page of a table or an index, filtered and projected.</summary>
internal sealed class PageRequest
{
    private const long LargestPage = 1024 * 1024;

    private readonly DynamoDbCall _call;
    private readonly TableIndex? _index;
    private readonly CapacityReport _capacity;
    private readonly long _limit;
    private readonly bool _consistent;
    private readonly string? _select;
    private readonly Condition? _filter;
    private readonly IReadOnlySet<string> _filtered = new HashSet<string>();
    private readonly Projection? _projection;
    private readonly MapValue? _start;

    /// <param name="call">The request.</param>
    /// <param name="action">Query or Scan.</param>
    /// <param name="substitutions">Its #names and :values.</param>
    public PageRequest(DynamoDbCall call, string action, Substitutions substitutions)
    {
        _call = call;
        var input = call.Input;
        var name = TableName.Read(input);
        var index = input.Text("IndexName") is { } text ? TableName.Check("IndexName", text) : null;
        Arn = call.Database.ArnOf(name) + (index is null ? "" : "/index/" + index);
        call.Demand(action, Arn);
        Table = call.Database.Find(name) ?? throw DynamoDbError.NotFound();
        _index = index is null ? null : Table.Index(index) ?? throw DynamoDbError.Validation($"The table does not have the specified index: {index}");
        _capacity = new CapacityReport(input);
        _limit = input.Number("Limit", 1, int.MaxValue) ?? int.MaxValue;
        _consistent = input.Flag("ConsistentRead") == true;
        if (input.Text("FilterExpression") is { } filter)
        {
            _filter = ConditionParser.Parse(filter, "FilterExpression", substitutions, out _filtered);
        }

        _projection = input.Text("ProjectionExpression") is { } projection ? Projection.Parse(projection, substitutions) : null;
        _select = Select(input);
        _start = input.Values("ExclusiveStartKey");
    }

    /// <summary>Of the table or the index, as policies name it.</summary>
    public string Arn { get; }

    public Table Table { get; }

    public KeySchema Key => _index?.Key ?? Table.Key;

    /// <summary>A filter does not look at the key: the key condition does.</summary>
    public void RefuseKeysInFilter()
    {
        if (_filtered.FirstOrDefault(Key.Has) is { } key)
        {
            throw DynamoDbError.Validation($"Filter Expression can only contain non-primary key attributes: Primary key attribute: {key}");
        }
    }

    public void Answer(Position lower, Position upper, bool forward)
    {
        if (_start is not null)
        {
            var (before, after) = Start(_start);
            if (forward ? after.CompareTo(lower) < 0 || before.CompareTo(upper) > 0 : before.CompareTo(lower) < 0 || before.CompareTo(upper) > 0)
            {
                throw DynamoDbError.Validation("The provided starting key is outside query boundaries based on provided conditions");
            }

            (lower, upper) = forward ? (after, upper) : (lower, before);
        }

        var (found, scanned, bytes) = (new List<MapValue>(), 0, 0L);
        MapValue? last = null;
        foreach (var item in (_index?.Items ?? Table.Items).Between(lower, upper, forward))
        {
            var seen = _index is null || _select == "ALL_ATTRIBUTES" ? item : _index.Of(item);
            if (scanned == _limit || (scanned > 0 && bytes + seen.ContentSize > LargestPage))
            {
                break;
            }

            (scanned, bytes, last) = (scanned + 1, bytes + seen.ContentSize, item);
            if (_filter?.Holds(seen) != false)
            {
                found.Add(_projection?.Of(seen) ?? seen);
            }
        }

        var complete = scanned < _limit && !MoreAfter(last, lower, upper, forward);
        Write(found, scanned, complete ? null : last);
        _capacity.Read(Table, _index, bytes, _consistent);
        _capacity.WriteOne(_call.Output);
    }

    private bool MoreAfter(MapValue? last, Position lower, Position upper, bool forward)
    {
        if (last is null)
        {
            return false;
        }

        var (before, after) = Around(last);
        return (_index?.Items ?? Table.Items).Between(forward ? after : lower, forward ? upper : before, forward).Any();
    }

    private (Position Before, Position After) Around(MapValue item)
    {
        Value[] keys = _index is null ? Table.Key.Of(item)! : [.. _index.Key.Of(item)!, .. Table.Key.Of(item)!];
        return (Position.Before(keys), Position.After(keys));
    }

    private (Position Before, Position After) Start(MapValue key)
    {
        var expected = Key.Attributes.Concat(Table.Key.Attributes).DistinctBy(attribute => attribute.Name).ToList();
        return key.Members.Count == expected.Count && expected.TrueForAll(attribute => key[attribute.Name]?.Type == attribute.Type)
            ? Around(key) : throw DynamoDbError.Validation("The provided starting key is invalid");
    }

    private void Write(List<MapValue> found, int scanned, MapValue? last)
    {
        var output = _call.Output;
        if (_select != "COUNT")
        {
            output.WriteStartArray("Items"u8);
            found.ForEach(item => item.WriteContent(output));
            output.WriteEndArray();
        }

        output.WriteNumber("Count"u8, found.Count);
        output.WriteNumber("ScannedCount"u8, scanned);
        if (last is not null)
        {
            output.WritePropertyName("LastEvaluatedKey"u8);
            last.Only(name => Key.Has(name) || Table.Key.Has(name)).WriteContent(output);
        }
    }

    private string? Select(DynamoDbInput input)
    {
        var select = input.OneOf("Select", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT");
        var isGlobal = _index?.Definition.IsGlobal == true;
        return select is not (null or "SPECIFIC_ATTRIBUTES") && _projection is not null
                ? throw DynamoDbError.Validation($"Cannot specify the ProjectionExpression when choosing to get {select}")
            : select == "SPECIFIC_ATTRIBUTES" && _projection is null
                ? throw DynamoDbError.Validation("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")
            : select == "ALL_PROJECTED_ATTRIBUTES" && _index is null
                ? throw DynamoDbError.InvalidValue("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
            : isGlobal && _consistent ? throw DynamoDbError.Validation("Consistent reads are not supported on global secondary indexes")
            : isGlobal && select == "ALL_ATTRIBUTES" && _index!.Definition.Projection.Type != "ALL" ? throw DynamoDbError.InvalidValue(
                $"Select type ALL_ATTRIBUTES is not supported for global secondary index {_index.Name} because its projection type is not ALL")
            : isGlobal && _projection?.Roots.Where(root => !_index!.Holds(root)).ToList() is { Count: > 0 } absent ? throw DynamoDbError.InvalidValue(
                $"Global secondary index {_index!.Name} does not project [{string.Join(", ", absent)}]")
            // An LSI fetches from the table what it does not hold.
            : _index is { Definition.IsGlobal: false } && _projection?.Roots.Any(root => !_index.Holds(root)) == true ? "ALL_ATTRIBUTES"
            : select;
    }
}
