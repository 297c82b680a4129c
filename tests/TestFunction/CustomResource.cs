using System.Text;
using System.Text.Json.Nodes;

namespace TestFunction;

/// <summary>Answers CloudFormation as its property <c>Answer</c> says: SUCCESS, FAILED, or not at all.</summary>
internal static class CustomResource
{
    public static async Task<(byte[] Body, bool Failed)> AnswerAsync(JsonObject request, Uri responseUrl)
    {
        var answer = request["ResourceProperties"]!["Answer"]?.GetValue<string>() ?? "SUCCESS";
        if (answer == "throw")
            return (Encoding.UTF8.GetBytes("""{"errorType":"Broken","errorMessage":"as told"}"""), true);
        if (answer == "silence")
            return (Encoding.UTF8.GetBytes("null"), false);
        var response = new JsonObject
        {
            ["Status"] = answer,
            ["Reason"] = "because it was told so",
            ["PhysicalResourceId"] = "made-by-function",
            ["StackId"] = request["StackId"]!.GetValue<string>(),
            ["RequestId"] = request["RequestId"]!.GetValue<string>(),
            ["LogicalResourceId"] = request["LogicalResourceId"]!.GetValue<string>(),
            ["Data"] = new JsonObject { ["Request"] = request.ToJsonString(), ["Number"] = 42 },
        };
        using var http = new HttpClient();
        using var content = new StringContent(response.ToJsonString(), Encoding.UTF8);
        (await http.PutAsync(responseUrl, content)).EnsureSuccessStatusCode();
        return (Encoding.UTF8.GetBytes("null"), false);
    }
}
