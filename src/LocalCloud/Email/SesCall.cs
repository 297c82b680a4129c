using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Email;

/// <summary>One SES request: what an operation gets and where it writes its answer.</summary>
/// <param name="Ses">The mailbox and the identities.</param>
/// <param name="Call">The request as it came.</param>
/// <param name="Name">The identity in the path, if the operation has one there.</param>
/// <param name="Input">The members of the body.</param>
/// <param name="Output">Inside the answer's object.</param>
internal sealed record SesCall(SesService Ses, Call Call, string Name, JsonInput Input, Utf8JsonWriter Output)
{
    /// <summary>Lets the call go on if its caller may do that to one of two identities: an address, or the domain that it belongs to.</summary>
    /// <exception cref="ServiceException">The caller may do it to neither.</exception>
    public void DemandEither(string action, string address, string domain)
    {
        try
        {
            Call.Demand(action, Ses.ArnOf(domain));
        }
        catch (ServiceException)
        {
            Call.Demand(action, Ses.ArnOf(address));
        }
    }
}
