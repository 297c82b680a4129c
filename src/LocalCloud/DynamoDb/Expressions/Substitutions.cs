using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Expressions;

/// <summary>The #names and :values of a request, and which of them its expressions used.</summary>
internal sealed class Substitutions(IReadOnlyDictionary<string, string>? names, IReadOnlyDictionary<string, Value>? values)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public string Name(string reference, string parameter)
    {
        _used.Add(reference);
        return names?.GetValueOrDefault(reference) ?? throw DynamoDbError.Validation(
            $"Invalid {parameter}: An expression attribute name used in the document path is not defined; attribute name: {reference}");
    }

    public Value Value(string reference, string parameter)
    {
        _used.Add(reference);
        return values?.GetValueOrDefault(reference) ?? throw DynamoDbError.Validation(
            $"Invalid {parameter}: An expression attribute value used in expression is not defined; attribute value: {reference}");
    }

    /// <summary>Checks them before any expression is read.</summary>
    /// <param name="expressions">The request's expression parameters with their text.</param>
    /// <exception cref="Http.ServiceException">They are empty, badly named, or there is no expression to use them.</exception>
    public void Check(params ReadOnlySpan<(string Parameter, string? Text)> expressions)
    {
        Check("Names", '#', names?.Keys, expressions, takesValues: false);
        Check("Values", ':', values?.Keys, expressions, takesValues: true);
    }

    /// <exception cref="Http.ServiceException">One was not used.</exception>
    public void CheckAllUsed()
    {
        Unused("Names", names?.Keys);
        Unused("Values", values?.Keys);
    }

    private static void Check(
        string kind, char prefix, IEnumerable<string>? keys, ReadOnlySpan<(string Parameter, string? Text)> expressions, bool takesValues)
    {
        if (keys is null)
        {
            return;
        }

        List<string> absent = [];
        var present = false;
        foreach (var (parameter, text) in expressions)
        {
            if (takesValues && parameter == "ProjectionExpression")
            {
                continue;
            }

            present |= text is not null;
            if (text is null)
            {
                absent.Add(parameter + " is null");
            }
        }

        if (!present)
        {
            throw DynamoDbError.Validation($"ExpressionAttribute{kind} can only be specified when using expressions"
                + (takesValues && absent.Count > 0 ? ": " + string.Join(" and ", absent) : ""));
        }

        if (!keys.Any())
        {
            throw DynamoDbError.Validation($"ExpressionAttribute{kind} must not be empty");
        }

        foreach (var key in keys)
        {
            if (key.Length < 2 || key[0] != prefix || key.AsSpan(1).ContainsAnyExcept(Allowed))
            {
                throw DynamoDbError.Validation($"ExpressionAttribute{kind} contains invalid key: Syntax error; key: \"{Http.Excerpt.Of(key)}\"");
            }
        }
    }

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private void Unused(string kind, IEnumerable<string>? keys)
    {
        if (keys?.Where(key => !_used.Contains(key)).ToList() is { Count: > 0 } unused)
        {
            throw DynamoDbError.Validation($"Value provided in ExpressionAttribute{kind} unused in expressions: keys: {{{Http.Excerpt.Of(string.Join(", ", unused))}}}");
        }
    }
}
