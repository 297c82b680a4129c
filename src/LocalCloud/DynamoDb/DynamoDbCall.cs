using System.Text.Json;
using LocalCloud.DynamoDb.Expressions;
using LocalCloud.DynamoDb.Tables;
using LocalCloud.DynamoDb.Values;
using LocalCloud.Http;

namespace LocalCloud.DynamoDb;

/// <summary>One request: what an operation gets and where it writes its answer.</summary>
/// <param name="Database">The tables, locked for this request.</param>
/// <param name="Http">The request as it came.</param>
/// <param name="Input">Its members.</param>
/// <param name="Output">Inside the answer's object; an operation without output writes nothing.</param>
internal sealed record DynamoDbCall(Database Database, Call Http, DynamoDbInput Input, Utf8JsonWriter Output)
{
    public void Demand(string action, string arn) => Http.Demand("dynamodb:" + action, arn);

    /// <summary>Lets the call go on only if its caller may do that to this item, which policies know by its partition key: <c>dynamodb:LeadingKeys</c>.</summary>
    public void Demand(string action, Table table, MapValue item) => Demand(action, table.Arn, item[table.Key.Hash.Name]!);

    /// <summary>The same of everything in a partition of a table or an index.</summary>
    public void Demand(string action, string arn, Value partition)
    {
        if (!Http.Caller.IsRoot)
        {
            Http.Demand("dynamodb:" + action, arn, keys: new Dictionary<string, string> { ["dynamodb:LeadingKeys"] = KeyText(partition) });
        }
    }

    /// <summary>The table that TableName names, if the caller may do that to it.</summary>
    /// <param name="action">Without its prefix.</param>
    /// <param name="from">Where to look for TableName; the request itself by default.</param>
    /// <exception cref="ServiceException">There is no such table, it is no name, or the caller may not.</exception>
    public Table Table(string action, DynamoDbInput? from = null)
    {
        var name = TableName.Read(from ?? Input);
        Demand(action, Database.ArnOf(name));
        return Database.Find(name) ?? throw DynamoDbError.NotFound();
    }

    /// <summary>As <see cref="Table"/>, for the operations on tables: their error names it.</summary>
    /// <exception cref="ServiceException">There is no such table, it is no name, or the caller may not.</exception>
    public Table NamedTable(string action)
    {
        var name = TableName.Read(Input);
        Demand(action, Database.ArnOf(name));
        return Database.Find(name) ?? throw DynamoDbError.NotFound($"Table: {name} not found");
    }

    /// <summary>The #names and :values of a structure, checked against the expressions it has.</summary>
    /// <param name="input">The request, or one of several in it.</param>
    /// <param name="expressions">The parameters that are expressions.</param>
    /// <exception cref="ServiceException">They are empty or badly named, or the structure uses the parameters that expressions replaced.</exception>
    public static Substitutions Substitutions(DynamoDbInput input, params ReadOnlySpan<string> expressions)
    {
        LegacyParameters.Refuse(input);
        var substitutions = new Substitutions(input.TextMap("ExpressionAttributeNames"), input.Values("ExpressionAttributeValues")?.Members);
        var texts = new (string, string?)[expressions.Length];
        for (var i = 0; i < expressions.Length; i++)
        {
            texts[i] = (expressions[i], input.Text(expressions[i]));
        }

        substitutions.Check(texts);
        return substitutions;
    }

    private static string KeyText(Value key) => key switch
    {
        StringValue text => text.Text,
        NumberValue number => number.Number.ToString(),
        BinaryValue binary => Convert.ToBase64String(binary.Bytes),
        _ => "",
    };
}
