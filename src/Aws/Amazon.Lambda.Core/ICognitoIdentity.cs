namespace Amazon.Lambda.Core;

/// <summary>The Cognito identity of a mobile client.</summary>
public interface ICognitoIdentity
{
    /// <summary>The identity's id.</summary>
    string IdentityId { get; }

    /// <summary>The pool it is of.</summary>
    string IdentityPoolId { get; }
}
