using System.Net;
using Amazon.Runtime;

namespace Aws.Http;

/// <summary>Makes a service's exception out of an error's parts; <paramref name="type"/> is what the service's model calls the error.</summary>
internal delegate AmazonServiceException ErrorFactory(string type, string message, ErrorType fault, string code, string requestId, HttpStatusCode status);

/// <summary>What is the same for all operations of a service. All of them are POST, to one path.</summary>
/// <param name="Name">The service, in errors.</param>
/// <param name="EndpointVariable">The end of the environment variable AWS_ENDPOINT_URL_….</param>
/// <param name="Path">The path.</param>
/// <param name="ContentType">The requests' content type.</param>
/// <param name="ReadError">Reads an error's body.</param>
/// <param name="CreateError">Makes the exception.</param>
internal sealed record ServiceProtocol(
    string Name,
    string EndpointVariable,
    string Path,
    string ContentType,
    Func<byte[], int, ServiceError> ReadError,
    ErrorFactory CreateError);

/// <summary>An error as a body says it; what the body does not say is null.</summary>
internal readonly record struct ServiceError(string? Type, string? Message, string? Fault = null);
