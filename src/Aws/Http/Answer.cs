using System.Net;

namespace Aws.Http;

/// <summary>What a service answered; the headers are null where it sent none.</summary>
internal readonly record struct Answer(HttpStatusCode Status, string? RequestId, string? QueryError, string? ErrorType, PooledBuffer Body) : IDisposable
{
    public void Dispose() => Body.Dispose();
}
