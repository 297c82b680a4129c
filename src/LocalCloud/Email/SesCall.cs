using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Email;

/// <summary>One SES request: what an operation gets and where it writes its answer.</summary>
/// <param name="Ses">The mailbox and the identities.</param>
/// <param name="Call">The request as it came.</param>
/// <param name="Name">The identity in the path, if the operation has one there.</param>
/// <param name="Input">The members of the body.</param>
/// <param name="Output">Inside the answer's object.</param>
internal sealed record SesCall(SesService Ses, Call Call, string Name, JsonInput Input, Utf8JsonWriter Output);
