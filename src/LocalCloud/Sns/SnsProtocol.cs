using System.Text;
using LocalCloud.Http;

namespace LocalCloud.Sns;

/// <summary>SNS over HTTP: the Query protocol, and the certificate that signatures are verified with.</summary>
internal sealed class SnsProtocol(SnsService sns) : IService
{
    public const string Xmlns = "http://sns.amazonaws.com/doc/2010-03-31/";

    public string Name => ServiceName.Sns;

    public int LargestBody => Limits.RequestBytes;

    public string? ActionOf(Call call) => call.Form?["Action"];

    public Task HandleAsync(Call call) => call.Http.Request.Path.Value is { Length: > 1 } path && path == sns.Signer.CertificatePath
        ? call.AnswerAsync(200, "application/x-pem-file", Encoding.ASCII.GetBytes(sns.Signer.CertificatePem))
        : call.AnswerAsync(200, "text/xml", Run(call));

    public Task RefuseAsync(Call call, ServiceException error) => QueryErrors.AnswerAsync(call, Xmlns, error);

    private byte[] Run(Call call)
    {
        var form = call.Form ?? throw SnsError.Malformed();
        var action = form["Action"];
        if (action is null || !SnsOperations.All.TryGetValue(action, out var operation))
        {
            throw action is not null && SnsOperations.Unsupported.Contains(action) ? SnsError.UnsupportedAction(action) : SnsError.UnknownAction(action);
        }

        var result = !SnsOperations.WithoutResult.Contains(action);
        var xml = new XmlText().Open(action + "Response", Xmlns);
        if (result)
        {
            xml.Open(action + "Result");
        }

        operation(new SnsCall(sns, new SnsInput(form), xml, call));
        if (result)
        {
            xml.Close(action + "Result");
        }

        return xml.Open("ResponseMetadata").Element("RequestId", call.RequestId).Close("ResponseMetadata").Close(action + "Response").ToUtf8();
    }
}
