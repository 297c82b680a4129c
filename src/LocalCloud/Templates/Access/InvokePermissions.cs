using LocalCloud.Policies;

namespace LocalCloud.Templates.Access;

/// <summary>Who besides the account may invoke which function: the AWS::Lambda::Permission resources of a deployment.</summary>
internal sealed class InvokePermissions
{
    private readonly List<InvokePermission> _all = [];

    public void Add(InvokePermission permission) => _all.Add(permission);

    /// <param name="functionArn">The function to invoke.</param>
    /// <param name="principal">The service, such as <c>events.amazonaws.com</c>.</param>
    /// <param name="sourceArn">What invokes it there: a rule, or a route.</param>
    /// <param name="account">The account of the source.</param>
    public bool Allows(string functionArn, string principal, string sourceArn, string account) => _all.Exists(permission =>
        permission.FunctionArn == functionArn && permission.Principal == principal
        && (permission.SourceArn is null || Wildcard.Matches(permission.SourceArn, sourceArn))
        && (permission.SourceAccount is null || permission.SourceAccount == account));
}
