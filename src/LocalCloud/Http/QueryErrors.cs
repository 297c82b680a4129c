namespace LocalCloud.Http;

/// <summary>The error document of the Query protocol.</summary>
internal static class QueryErrors
{
    public static Task AnswerAsync(Call call, string xmlns, ServiceException error) => call.AnswerAsync(error.Status, "text/xml", new XmlText()
        .Open("ErrorResponse", xmlns)
        .Open("Error")
        .Element("Type", error.Fault)
        .Element("Code", error.Code)
        .Element("Message", error.Message)
        .Element("Detail", "")
        .Close("Error")
        .Element("RequestId", call.RequestId)
        .Close("ErrorResponse")
        .ToUtf8());
}
