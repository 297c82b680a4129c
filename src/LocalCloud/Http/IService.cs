using Microsoft.AspNetCore.Http;

namespace LocalCloud.Http;

/// <summary>A service of AWS behind this endpoint.</summary>
internal interface IService
{
    /// <summary>Its name in signatures and in the actions of policies: <c>sqs</c>.</summary>
    string Name { get; }

    /// <summary>Bytes of the largest request body.</summary>
    int LargestBody { get; }

    /// <summary>Whether a request without a signature is for this service, by where it is sent.</summary>
    bool Owns(HttpRequest request) => false;

    /// <summary>The operation that a request asks for, in the words of the service's model; null when it does not say.</summary>
    string? ActionOf(Call call);

    /// <summary>Does what is asked and answers.</summary>
    /// <exception cref="ServiceException">What the caller did wrong.</exception>
    Task HandleAsync(Call call);

    /// <summary>Answers with an error, in the service's own protocol.</summary>
    Task RefuseAsync(Call call, ServiceException error);
}
