using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>Reads conditions: OR binds loosest, then AND, then NOT.</summary>
internal sealed class ConditionParser
{
    private const int MostCandidates = 100;

    private readonly ExpressionReader _reader;

    private ConditionParser(ExpressionReader reader) => _reader = reader;

    /// <exception cref="Http.ServiceException">The expression is wrong.</exception>
    public static Condition Parse(string text, string parameter, Substitutions substitutions) => Parse(text, parameter, substitutions, out _);

    /// <param name="text">The expression.</param>
    /// <param name="parameter">What it came as.</param>
    /// <param name="substitutions">Its #names and :values.</param>
    /// <param name="roots">The attributes that it looks at.</param>
    /// <exception cref="Http.ServiceException">The expression is wrong.</exception>
    public static Condition Parse(string text, string parameter, Substitutions substitutions, out IReadOnlySet<string> roots)
    {
        var reader = new ExpressionReader(text, parameter, substitutions);
        var condition = new ConditionParser(reader).Or();
        reader.ExpectEnd();
        roots = reader.Roots;
        return condition;
    }

    private Condition Or()
    {
        var left = And();
        while (_reader.TakeWord("OR"))
        {
            left = new Or(left, And());
        }

        return left;
    }

    private Condition And()
    {
        var left = Not();
        while (_reader.TakeWord("AND"))
        {
            left = new And(left, Not());
        }

        return left;
    }

    private Condition Not() => _reader.TakeWord("NOT") ? new Not(_reader.Nested(Not)) : Primary();

    private Condition Primary()
    {
        if (_reader.TakeIf("("))
        {
            var inner = _reader.Nested(Or);
            _reader.Expect(")");
            return inner;
        }

        return _reader.Current.Kind == TokenKind.Word && _reader.Following.Is("(") && _reader.Current.Text != "size" ? Function() : Compared();
    }

    private Condition Compared()
    {
        var operand = Operand();
        if (_reader.TakeWord("BETWEEN"))
        {
            var lower = Ordered(Operand(), "BETWEEN");
            return _reader.TakeWord("AND") ? Bounded(operand, lower, Ordered(Operand(), "BETWEEN")) : throw _reader.Unexpected();
        }

        if (_reader.TakeWord("IN"))
        {
            _reader.Expect("(");
            List<Operand> candidates = [Operand()];
            while (_reader.TakeIf(","))
            {
                candidates.Add(Operand());
            }

            _reader.Expect(")");
            return candidates.Count <= MostCandidates ? new In(operand, candidates)
                : throw _reader.Invalid($"The IN operator is provided with too many operands; number of operands: {candidates.Count}");
        }

        var op = _reader.Current;
        if (op.Kind != TokenKind.Symbol || op.Text is not ("=" or "<>" or "<" or "<=" or ">" or ">="))
        {
            throw _reader.Unexpected();
        }

        _reader.Take();
        var right = Operand();
        return op.Text is "=" or "<>" ? new Comparison(operand, op.Text, right) : new Comparison(Ordered(operand, op.Text), op.Text, Ordered(right, op.Text));
    }

    private Condition Function()
    {
        var name = _reader.Take().Text;
        _reader.Expect("(");
        var first = Operand();
        var second = _reader.TakeIf(",") ? Operand() : null;
        var extra = 0;
        while (_reader.TakeIf(","))
        {
            Operand();
            extra++;
        }

        _reader.Expect(")");
        var count = extra + (second is null ? 1 : 2);
        return name switch
        {
            "attribute_exists" when Takes(1) => new Exists(Path(first, name)),
            "attribute_not_exists" when Takes(1) => new Not(new Exists(Path(first, name))),
            "attribute_type" when Takes(2) => new HasType(Path(first, name), TypeName(second!)),
            "begins_with" when Takes(2) => new BeginsWith(Prefix(first), Prefix(second!)),
            "contains" when Takes(2) => new Contains(first, second!),
            _ => throw _reader.Invalid($"Invalid function name; function: {name}"),
        };

        bool Takes(int expected) => count == expected ? true
            : throw _reader.Invalid($"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {count}");
    }

    private Operand Operand()
    {
        if (_reader.Current.Kind == TokenKind.Value)
        {
            return new LiteralOperand(_reader.Value());
        }

        if (_reader.Current is { Kind: TokenKind.Word, Text: "size" } && _reader.Following.Is("("))
        {
            _reader.Take();
            _reader.Take();
            var inner = _reader.Nested(Operand);
            _reader.Expect(")");
            return inner is LiteralOperand { Value.Type: "N" or "BOOL" or "NULL" } literal ? throw WrongType("size", literal.Value) : new SizeOperand(inner);
        }

        return new PathOperand(_reader.Path());
    }

    private DocumentPath Path(Operand operand, string function) => operand is PathOperand path ? path.Path
        : throw _reader.Invalid($"Operator or function requires a document path; operator or function: {function}");

    private Operand Ordered(Operand operand, string name) =>
        operand is LiteralOperand { Value.IsOrdered: false } literal ? throw WrongType(name, literal.Value) : operand;

    private Operand Prefix(Operand operand) =>
        operand is LiteralOperand { Value.Type: not ("S" or "B") } literal ? throw WrongType("begins_with", literal.Value) : operand;

    private Value TypeName(Operand operand) => operand is not LiteralOperand { Value: var value } ? throw _reader.Unexpected()
        : value is not StringValue name ? throw WrongType("attribute_type", value)
        : name.Text is "S" or "N" or "B" or "BOOL" or "NULL" or "M" or "L" or "SS" or "NS" or "BS" ? value
        : throw _reader.Invalid($"Invalid attribute type name found; type: {Http.Excerpt.Of(name.Text)}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}");

    private Between Bounded(Operand operand, Operand lower, Operand upper)
    {
        if (lower is LiteralOperand { Value: var low } && upper is LiteralOperand { Value: var high })
        {
            if (low.Type != high.Type)
            {
                throw _reader.Invalid(
                    $"The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {low}, upper bound operand: AttributeValue: {high}");
            }

            if (Value.Order(low, high) > 0)
            {
                throw _reader.Invalid(
                    $"The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {low}, upper bound operand: AttributeValue: {high}");
            }
        }

        return new Between(operand, lower, upper);
    }

    private Http.ServiceException WrongType(string name, Value value) =>
        _reader.Invalid($"Incorrect operand type for operator or function; operator or function: {name}, operand type: {value.Type}");
}
