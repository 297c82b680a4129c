using System.Net;
using TestFunction;

// The Runtime API, spoken raw: what a function's runtime does, without the runtime.
var api = new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/");
using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
await Start.AsToldAsync(http, api);

while (true)
{
    using var next = await http.GetAsync(new Uri(api, "invocation/next"));
    if (next.StatusCode != HttpStatusCode.OK)
        return 1;
    var request = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
    var answer = await Behaviour.AnswerAsync(await next.Content.ReadAsByteArrayAsync(), next.Headers);
    using var content = new ByteArrayContent(answer.Body);
    using var accepted = await http.PostAsync(new Uri(api, $"invocation/{request}/{(answer.Failed ? "error" : "response")}"), content);
}
