using LocalCloud.DynamoDb.Tables;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>The range of a table or an index that a query reads.</summary>
internal sealed record KeyCondition(Position Lower, Position Upper)
{
    private const string Parameter = "KeyConditionExpression";

    /// <exception cref="Http.ServiceException">The expression is wrong, or no condition on this key.</exception>
    public static KeyCondition Parse(string text, KeySchema key, Substitutions substitutions)
    {
        var terms = Terms(ConditionParser.Parse(text, Parameter, substitutions)).Select(term => (Attribute: AttributeOf(term), Condition: term)).ToList();
        if (terms.Select(term => term.Attribute).Distinct().Count() < terms.Count)
        {
            throw DynamoDbError.Validation("KeyConditionExpressions must only contain one condition per key");
        }

        var hash = terms.Find(term => term.Attribute == key.Hash.Name).Condition ?? throw Missed(key.Hash);
        var range = terms.Find(term => term.Attribute == key.Range?.Name).Condition;
        if (terms.Count > (range is null ? 1 : 2))
        {
            throw key.Range is null ? DynamoDbError.Validation("Query key condition not supported") : Missed(key.Range);
        }

        var partition = hash is Comparison { Operator: "=" } equal ? Literal(Flipped(equal).Right, key.Hash) : throw DynamoDbError.Validation("Query key condition not supported");
        return range is null ? new KeyCondition(Position.Before(partition), Position.After(partition)) : Range(partition, range, key.Range!);
    }

    private static KeyCondition Range(Value partition, Condition condition, KeyAttribute key)
    {
        switch (condition)
        {
            case Comparison comparison:
                var (_, op, operand) = Flipped(comparison);
                var value = Literal(operand, key);
                return new KeyCondition(
                    op switch { "=" or ">=" => Position.Before(partition, value), ">" => Position.After(partition, value), _ => Position.Before(partition) },
                    op switch { "=" or "<=" => Position.After(partition, value), "<" => Position.Before(partition, value), _ => Position.After(partition) });
            case Between between:
                return new KeyCondition(Position.Before(partition, Literal(between.Lower, key)), Position.After(partition, Literal(between.Upper, key)));
            case BeginsWith begins:
                return Literal(begins.Prefix, key) is var prefix and not NumberValue
                    ? new KeyCondition(Position.Before(partition, prefix), Position.After(partition, new PrefixEnd(prefix)))
                    : throw DynamoDbError.Validation($"Invalid {Parameter}: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N");
            default:
                throw DynamoDbError.Validation("Query key condition not supported");
        }
    }

    private static IEnumerable<Condition> Terms(Condition condition) => condition switch
    {
        And and => Terms(and.Left).Concat(Terms(and.Right)),
        Or => throw InvalidOperator("OR"),
        Not { Inner: Exists } => throw InvalidOperator("attribute_not_exists"),
        Not => throw InvalidOperator("NOT"),
        Comparison { Operator: "<>" } => throw InvalidOperator("<>"),
        In => throw InvalidOperator("IN"),
        Contains => throw InvalidOperator("contains"),
        Exists => throw InvalidOperator("attribute_exists"),
        HasType => throw InvalidOperator("attribute_type"),
        _ => [condition],
    };

    private static string AttributeOf(Condition condition)
    {
        var operand = condition switch
        {
            Comparison comparison => Flipped(comparison).Left,
            Between between => between.Operand,
            BeginsWith begins => begins.Operand,
            _ => null,
        };
        return operand is PathOperand { Path: { Steps.Count: 1 } path } ? path.Root
            : operand is PathOperand ? throw DynamoDbError.Validation($"Invalid {Parameter}: KeyConditionExpressions cannot have conditions on nested attributes")
            : throw DynamoDbError.Validation($"Invalid {Parameter}: Invalid operator used in {Parameter}: size");
    }

    // :v = pk says the same as pk = :v.
    private static Comparison Flipped(Comparison comparison) => comparison is { Left: LiteralOperand, Right: PathOperand }
        ? new Comparison(comparison.Right, comparison.Operator switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", var same => same }, comparison.Left)
        : comparison;

    private static Value Literal(Operand operand, KeyAttribute key) => operand is not LiteralOperand { Value: var value } ? throw DynamoDbError.Validation("Query key condition not supported")
        : value.Type != key.Type ? throw DynamoDbError.InvalidValue("Condition parameter type does not match schema type")
        : value is StringValue { Text.Length: 0 } or BinaryValue { Bytes.Length: 0 } ? throw DynamoDbError.Validation(
            $"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {(value is StringValue ? "string" : "binary")} value. Key: {key.Name}")
        : value;

    private static Http.ServiceException Missed(KeyAttribute key) => DynamoDbError.Validation($"Query condition missed key schema element: {key.Name}");

    private static Http.ServiceException InvalidOperator(string name) =>
        DynamoDbError.Validation($"Invalid {Parameter}: Invalid operator used in {Parameter}: {name}");
}
