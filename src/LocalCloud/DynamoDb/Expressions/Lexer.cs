namespace LocalCloud.DynamoDb.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal static class Lexer
{
    /// <param name="text">The expression.</param>
    /// <param name="parameter">What it came as, such as ConditionExpression, for the error.</param>
    /// <exception cref="Http.ServiceException">A character that no expression has.</exception>
    public static List<Token> Tokens(string text, string parameter)
    {
        List<Token> tokens = [];
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var (kind, length) = Next(text.AsSpan(i));
            if (length == 0)
            {
                throw SyntaxError(parameter, text, new Token(TokenKind.Symbol, text[i].ToString(), i));
            }

            tokens.Add(new Token(kind, text.Substring(i, length), i));
            i += length;
        }

        tokens.Add(new Token(TokenKind.End, "<EOF>", text.Length));
        return tokens;
    }

    public static Http.ServiceException SyntaxError(string parameter, string text, Token token)
    {
        const int around = 12;
        var from = Math.Max(0, token.Start - around);
        var to = Math.Min(text.Length, token.Start + (token.Kind == TokenKind.End ? 0 : token.Text.Length) + around);
        return DynamoDbError.Validation($"Invalid {parameter}: Syntax error; token: \"{Http.Excerpt.Of(token.Text)}\", near: \"{text[from..to].Trim()}\"");
    }

    private static (TokenKind Kind, int Length) Next(ReadOnlySpan<char> text) => text switch
    {
        ['#', ..] => Prefixed(TokenKind.Name, text),
        [':', ..] => Prefixed(TokenKind.Value, text),
        [(>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_', ..] => (TokenKind.Word, WordLength(text)),
        [>= '0' and <= '9', ..] => (TokenKind.Index, text.IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? text.Length : end),
        ['<', '>' or '=', ..] or ['>', '=', ..] => (TokenKind.Symbol, 2),
        ['<' or '>' or '=' or '(' or ')' or '[' or ']' or ',' or '.' or '+' or '-', ..] => (TokenKind.Symbol, 1),
        _ => default,
    };

    private static (TokenKind Kind, int Length) Prefixed(TokenKind kind, ReadOnlySpan<char> text) =>
        WordLength(text[1..]) is var length and > 0 ? (kind, length + 1) : default;

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_'))
        {
            i++;
        }

        return i;
    }
}
