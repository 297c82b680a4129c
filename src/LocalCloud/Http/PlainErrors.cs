namespace LocalCloud.Http;

/// <summary>The error of a request that belongs to no service, as the JSON that every SDK can show.</summary>
internal static class PlainErrors
{
    /// <summary>Says so in the protocol of the request: XML for forms, JSON for everything else.</summary>
    public static Task UnknownServiceAsync(Call call, string service, IEnumerable<string> known)
    {
        var message = $"LocalCloud has no service '{service}': it has {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
        return call.Http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            ? QueryErrors.AnswerAsync(call, "", new ServiceException("NotImplemented", message, status: 501))
            : AnswerAsync(call, 501, "NotImplemented", message);
    }

    public static Task AnswerAsync(Call call, int status, string code, string message)
    {
        if (call.Http.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        var body = JsonBody.Write(json =>
        {
            json.WriteString("__type"u8, code);
            json.WriteString("message"u8, message);
        });
        call.Http.Response.Headers["x-amzn-ErrorType"] = code;
        return call.AnswerAsync(status, "application/json", body);
    }
}
