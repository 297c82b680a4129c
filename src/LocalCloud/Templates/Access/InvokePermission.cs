namespace LocalCloud.Templates.Access;

/// <summary>Lets a service invoke a function.</summary>
/// <param name="FunctionArn">The function.</param>
/// <param name="Principal">The service, such as <c>apigateway.amazonaws.com</c>.</param>
/// <param name="SourceArn">A pattern of what invokes it there; null for anything.</param>
/// <param name="SourceAccount">The account of the source; null for any.</param>
internal sealed record InvokePermission(string FunctionArn, string Principal, string? SourceArn, string? SourceAccount);
