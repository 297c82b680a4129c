using System.Buffers;

namespace LocalCloud.DynamoDb;

/// <summary>The names of tables and indexes.</summary>
internal static class TableName
{
    public const string Pattern = "[a-zA-Z0-9_.-]+";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>A table's name, or the name in its ARN.</summary>
    /// <exception cref="Http.ServiceException">It is neither.</exception>
    public static string Read(DynamoDbInput input) => OfReference("TableName", input.Required("TableName"));

    public static string OfReference(string member, string text)
    {
        const string table = ":table/";
        var start = text.StartsWith("arn:", StringComparison.Ordinal) ? text.IndexOf(table, StringComparison.Ordinal) : -1;
        return Check(member, start < 0 ? text : text[(start + table.Length)..]);
    }

    /// <exception cref="Http.ServiceException">It is no name.</exception>
    public static string Check(string member, string name) =>
        name.Length < 3 ? throw DynamoDbError.Constraint(member, name, "Member must have length greater than or equal to 3")
        : name.Length > 255 ? throw DynamoDbError.Constraint(member, name, "Member must have length less than or equal to 255")
        : name.AsSpan().ContainsAnyExcept(Allowed) ? throw DynamoDbError.Constraint(member, name, $"Member must satisfy regular expression pattern: {Pattern}")
        : name;
}
