using LocalCloud.Http;

namespace LocalCloud.DynamoDb;

/// <summary>A transaction did nothing; one reason for each of its items, null for those that were not the cause.</summary>
internal sealed class TransactionCanceledException(IReadOnlyList<ServiceException?> reasons)
    : ServiceException(Name, Sentence(reasons), "com.amazonaws.dynamodb.v20120810#" + Name)
{
    private const string Name = "TransactionCanceledException";

    public IReadOnlyList<ServiceException?> Reasons => reasons;

    /// <summary>How a reason is named: <c>ConditionalCheckFailed</c>, <c>ValidationError</c>, <c>None</c>.</summary>
    public static string CodeOf(ServiceException? reason) => reason switch
    {
        null => "None",
        ConditionFailedException => "ConditionalCheckFailed",
        { Code: "ValidationException" } => "ValidationError",
        { Code: var code } => code,
    };

    private static string Sentence(IReadOnlyList<ServiceException?> reasons) =>
        $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", reasons.Select(CodeOf))}]";
}
