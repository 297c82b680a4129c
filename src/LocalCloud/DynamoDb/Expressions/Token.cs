namespace LocalCloud.DynamoDb.Expressions;

internal enum TokenKind
{
    Word,
    Name,
    Value,
    Index,
    Symbol,
    End,
}

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written, with its # or : in front.</param>
/// <param name="Start">Where in the expression.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>A keyword, in any case.</summary>
    public bool IsWord(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
