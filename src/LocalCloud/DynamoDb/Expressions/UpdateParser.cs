using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>Reads update expressions: the sections SET, REMOVE, ADD and DELETE, each at most once, in any order.</summary>
internal sealed class UpdateParser
{
    private readonly ExpressionReader _reader;
    private readonly List<(DocumentPath, UpdateValue)> _sets = [];
    private readonly List<DocumentPath> _removes = [];
    private readonly List<(DocumentPath, Value)> _adds = [];
    private readonly List<(DocumentPath, SetValue)> _deletes = [];

    private UpdateParser(ExpressionReader reader) => _reader = reader;

    /// <exception cref="Http.ServiceException">The expression is wrong.</exception>
    public static Update Parse(string text, Substitutions substitutions)
    {
        var reader = new ExpressionReader(text, "UpdateExpression", substitutions);
        return new UpdateParser(reader).Sections();
    }

    private Update Sections()
    {
        var seen = new HashSet<string>();
        while (_reader.Current.Kind != TokenKind.End)
        {
            var section = _reader.Current.Kind == TokenKind.Word ? _reader.Current.Text.ToUpperInvariant() : "";
            Action clause = section switch
            {
                "SET" => Set,
                "REMOVE" => () => _removes.Add(_reader.Path()),
                "ADD" => Add,
                "DELETE" => Delete,
                _ => throw _reader.Unexpected(),
            };
            if (!seen.Add(section))
            {
                throw _reader.Invalid($"The \"{section}\" section can only be used once in an update expression;");
            }

            _reader.Take();
            do
            {
                clause();
            }
            while (_reader.TakeIf(","));
        }

        var update = new Update(_sets, _removes, _adds, _deletes);
        PathRules.Check([.. update.Paths], _reader);
        return update;
    }

    private void Set()
    {
        var path = _reader.Path();
        _reader.Expect("=");
        var value = Value();
        if (_reader.Current.Is("+") || _reader.Current.Is("-"))
        {
            var op = _reader.Take().Text;
            value = new Sum(Numeric(value, op), Numeric(Value(), op), op == "-");
        }

        _sets.Add((path, value));
    }

    private void Add()
    {
        var path = _reader.Path();
        var value = Literal();
        _adds.Add((path, value is NumberValue or SetValue ? value : throw WrongType("operator: ADD", value, ", typeSet: ALLOWED_FOR_ADD_OPERAND")));
    }

    private void Delete()
    {
        var path = _reader.Path();
        var value = Literal();
        _deletes.Add((path, value as SetValue ?? throw WrongType("operator: DELETE", value, ", typeSet: ALLOWED_FOR_DELETE_OPERAND")));
    }

    private Value Literal() => _reader.Current.Kind == TokenKind.Value ? _reader.Value() : throw _reader.Unexpected();

    private UpdateValue Value()
    {
        if (_reader.TakeIf("("))
        {
            var inner = _reader.Nested(Value);
            _reader.Expect(")");
            return inner;
        }

        if (_reader.Current.Kind == TokenKind.Value)
        {
            return new Assigned(new LiteralOperand(_reader.Value()));
        }

        return _reader.Current.Kind == TokenKind.Word && _reader.Following.Is("(") ? _reader.Nested(Function) : new Assigned(new PathOperand(_reader.Path()));
    }

    private UpdateValue Function()
    {
        var name = _reader.Take().Text;
        if (name is not ("if_not_exists" or "list_append"))
        {
            throw _reader.Invalid($"Invalid function name; function: {name}");
        }

        _reader.Expect("(");
        var first = Value();
        _reader.Expect(",");
        var second = Value();
        _reader.Expect(")");
        return name == "list_append" ? new ListAppend(List(first), List(second))
            : first is Assigned { Operand: PathOperand path } ? new IfNotExists(path.Path, second)
            : throw _reader.Invalid("Operator or function requires a document path; operator or function: if_not_exists");
    }

    private UpdateValue Numeric(UpdateValue value, string op) =>
        value is Assigned { Operand: LiteralOperand { Value: not NumberValue and var literal } } ? throw WrongType($"operator or function: {op}", literal) : value;

    private UpdateValue List(UpdateValue value) =>
        value is Assigned { Operand: LiteralOperand { Value: not ListValue and var literal } } ? throw WrongType("operator or function: list_append", literal) : value;

    private Http.ServiceException WrongType(string name, Value value, string types = "") => _reader.Invalid(
        $"Incorrect operand type for operator or function; {name}, operand type: {(types.Length == 0 ? value.Type : LongName(value.Type))}{types}");

    private static string LongName(string type) => type switch
    {
        "S" => "STRING",
        "N" => "NUMBER",
        "B" => "BINARY",
        "BOOL" => "BOOLEAN",
        "M" => "MAP",
        "L" => "LIST",
        _ => type,
    };
}
