using LocalCloud.Http;

namespace LocalCloud.Iam;

/// <summary>The operations of a service of the Query protocol: each with whether its answer has a result element.</summary>
internal static class QueryOperations
{
    public static Task AnswerAsync(Call call, IamAccount iam, string xmlns, IReadOnlyDictionary<string, (Action<IamCall> Run, bool HasResult)> operations)
    {
        var form = call.Form ?? throw IamError.Validation("The form is malformed: check its percent escapes.");
        if (form["Action"] is not { } action || !operations.TryGetValue(action, out var operation))
        {
            throw IamError.UnknownAction(form["Action"], operations.Keys);
        }

        var xml = new XmlText().Open(action + "Response", xmlns);
        if (operation.HasResult)
        {
            xml.Open(action + "Result");
        }

        operation.Run(new IamCall(iam, form, xml, call));
        if (operation.HasResult)
        {
            xml.Close(action + "Result");
        }

        return call.AnswerAsync(200, "text/xml", xml.Open("ResponseMetadata").Element("RequestId", call.RequestId).Close("ResponseMetadata").Close(action + "Response").ToUtf8());
    }
}
