using System.Globalization;
using System.Text;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>What all expressions have in common: a cursor over tokens, document paths and substitutions.</summary>
internal sealed class ExpressionReader
{
    private const int LongestExpression = 4096;
    private const int DeepestNesting = 100;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly Substitutions _substitutions;
    private int _position;
    private int _depth;

    public ExpressionReader(string text, string parameter, Substitutions substitutions)
    {
        (_text, Parameter, _substitutions) = (text, parameter, substitutions);
        if (Encoding.UTF8.GetByteCount(text) > LongestExpression)
        {
            throw Invalid("Expression size has exceeded the maximum allowed size; expression size: " + Encoding.UTF8.GetByteCount(text));
        }

        _tokens = Lexer.Tokens(text, parameter);
        if (_tokens.Count == 1)
        {
            throw Invalid("The expression can not be empty;");
        }
    }

    /// <summary>What the expression came as, such as ConditionExpression.</summary>
    public string Parameter { get; }

    /// <summary>The attributes that it names so far.</summary>
    public HashSet<string> Roots { get; } = new(StringComparer.Ordinal);

    public Token Current => _tokens[_position];

    public Token Following => _tokens[Math.Min(_position + 1, _tokens.Count - 1)];

    public Http.ServiceException Invalid(string message) => DynamoDbError.Validation($"Invalid {Parameter}: {message}");

    public Http.ServiceException Unexpected() => Lexer.SyntaxError(Parameter, _text, Current);

    public Token Take() => _tokens[_position == _tokens.Count - 1 ? _position : _position++];

    public bool TakeIf(string symbol)
    {
        var found = Current.Is(symbol);
        _position += found ? 1 : 0;
        return found;
    }

    public bool TakeWord(string keyword)
    {
        var found = Current.IsWord(keyword);
        _position += found ? 1 : 0;
        return found;
    }

    public void Expect(string symbol)
    {
        if (!TakeIf(symbol))
        {
            throw Unexpected();
        }
    }

    public void ExpectEnd()
    {
        if (Current.Kind != TokenKind.End)
        {
            throw Unexpected();
        }
    }

    /// <summary>Reads something that may hold itself, to a bounded depth.</summary>
    public T Nested<T>(Func<T> read)
    {
        if (++_depth > DeepestNesting)
        {
            throw Invalid($"The expression is nested more than {DeepestNesting} levels deep;");
        }

        var result = read();
        _depth--;
        return result;
    }

    public Values.Value Value() => _substitutions.Value(Take().Text, Parameter);

    public DocumentPath Path()
    {
        List<PathStep> steps = [new(Name(), 0)];
        Roots.Add(steps[0].Name!);
        while (true)
        {
            if (TakeIf("."))
            {
                steps.Add(new PathStep(Name(), 0));
            }
            else if (TakeIf("["))
            {
                if (Current.Kind != TokenKind.Index || !int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                {
                    throw Unexpected();
                }

                Take();
                Expect("]");
                steps.Add(new PathStep(null, index));
            }
            else
            {
                return new DocumentPath(steps);
            }
        }
    }

    private string Name()
    {
        if (Current.Kind is not (TokenKind.Word or TokenKind.Name))
        {
            throw Unexpected();
        }

        var token = Take();
        return token.Kind == TokenKind.Name ? _substitutions.Name(token.Text, Parameter)
            : ReservedWords.Contains(token.Text) ? throw Invalid($"Attribute name is a reserved keyword; reserved keyword: {token.Text}")
            : token.Text;
    }
}
