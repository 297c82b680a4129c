using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Tests.Lambda;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Tests.Templates;

public sealed class HttpApiTests : IAsyncLifetime
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    private DeployedApp? _app;

    public async ValueTask InitializeAsync() => _app = await DeployedApp.StartAsync(
        """
        { 'Resources': {
          'Api': { 'Type': 'AWS::ApiGatewayV2::Api', 'Properties': { 'Name': 'api', 'ProtocolType': 'HTTP' } },
          'Stage': { 'Type': 'AWS::ApiGatewayV2::Stage', 'Properties': { 'ApiId': { 'Ref': 'Api' }, 'StageName': '$default', 'AutoDeploy': true } },
          'Function': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Api', 'Runtime': 'dotnet10', 'Timeout': 10 } },
          'Permission': { 'Type': 'AWS::Lambda::Permission', 'Properties': { 'Action': 'lambda:InvokeFunction', 'FunctionName': { 'Fn::GetAtt': ['Function', 'Arn'] }, 'Principal': 'apigateway.amazonaws.com', 'SourceArn': { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/*' } } },
          'Integration': { 'Type': 'AWS::ApiGatewayV2::Integration', 'Properties': { 'ApiId': { 'Ref': 'Api' }, 'IntegrationType': 'AWS_PROXY', 'IntegrationUri': { 'Fn::GetAtt': ['Function', 'Arn'] }, 'PayloadFormatVersion': '2.0' } },
          'Post': { 'Type': 'AWS::ApiGatewayV2::Route', 'Properties': { 'ApiId': { 'Ref': 'Api' }, 'RouteKey': 'POST /answers', 'Target': { 'Fn::Join': ['', ['integrations/', { 'Ref': 'Integration' }]] } } },
          'Get': { 'Type': 'AWS::ApiGatewayV2::Route', 'Properties': { 'ApiId': { 'Ref': 'Api' }, 'RouteKey': 'GET /bookings/{id}', 'Target': { 'Fn::Join': ['', ['integrations/', { 'Ref': 'Integration' }]] } } } },
          'Outputs': { 'Id': { 'Value': { 'Ref': 'Api' } } } }
        """,
        options => options with { Time = _time });

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    [Fact]
    public async Task A_request_becomes_an_event_of_payload_format_2()
    {
        var context = Request("GET", "/bookings/a b", query: "?x=1&x=2&y=%C3%BC");
        context.Request.Headers["X-Twice"] = new(["one", "two"]);
        context.Request.Headers.Cookie = "a=1; b=2";
        context.Request.Headers.UserAgent = "test";

        var (status, body) = await SendAsync(context);

        Assert.Equal(200, status);
        var sent = JsonNode.Parse(body)!;
        Assert.Equal(
            ("2.0", "GET /bookings/{id}", "/bookings/a b", "x=1&x=2&y=%C3%BC"),
            (sent["version"]!.GetValue<string>(), sent["routeKey"]!.GetValue<string>(), sent["rawPath"]!.GetValue<string>(), sent["rawQueryString"]!.GetValue<string>()));
        Assert.Equal("""{"x":"1,2","y":"ü"}""", JsonNode.Parse(sent["queryStringParameters"]!.ToJsonString())!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("""{"id":"a b"}""", sent["pathParameters"]!.ToJsonString());
        Assert.Equal("""["a=1","b=2"]""", sent["cookies"]!.ToJsonString());
        Assert.Equal("one,two", sent["headers"]!["x-twice"]!.GetValue<string>());
        Assert.Null(sent["headers"]!["cookie"]);
        Assert.Null(sent["body"]);
        Assert.False(sent["isBase64Encoded"]!.GetValue<bool>());
        var http = sent["requestContext"]!["http"]!;
        Assert.Equal(("GET", "/bookings/a b", "test"), (http["method"]!.GetValue<string>(), http["path"]!.GetValue<string>(), http["userAgent"]!.GetValue<string>()));
        Assert.Equal(("20/Nov/2026:12:00:00 +0000", 1_795_176_000_000), (sent["requestContext"]!["time"]!.GetValue<string>(), sent["requestContext"]!["timeEpoch"]!.GetValue<long>()));
        Assert.Equal((_app!.Deployment.Outputs["Id"], "$default"), (sent["requestContext"]!["apiId"]!.GetValue<string>(), sent["requestContext"]!["stage"]!.GetValue<string>()));
        Assert.Equal("http", Assert.Single(_app.Invocations).Source);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", "{\"a\":\"ü\"}", "{\"a\":\"ü\"}", false)]
    [InlineData("application/octet-stream", "ü", "w7w=", true)]
    public async Task A_body_is_text_or_base64_by_its_content_type(string contentType, string body, string expected, bool isBase64)
    {
        var context = Request("POST", "/answers", body, contentType);

        var sent = JsonNode.Parse((await SendAsync(context)).Body)!;

        Assert.Equal((expected, isBase64), (sent["body"]!.GetValue<string>(), sent["isBase64Encoded"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData("""{"statusCode":201,"headers":{"Location":"/x","Content-Type":"application/problem+json"},"body":"{}"}""", 201, "application/problem+json", "{}")]
    [InlineData("""{"statusCode":"202"}""", 202, null, "")]
    [InlineData("""{"statusCode":200,"body":"hi"}""", 200, "text/plain;charset=utf-8", "hi")]
    [InlineData("""{"statusCode":200,"isBase64Encoded":true,"body":"aGk=","headers":{"content-type":"x/y"}}""", 200, "x/y", "hi")]
    [InlineData("""{"a":1}""", 200, "application/json", """{"a":1}""")]
    [InlineData("\"hi\"", 200, "application/json", "hi")]
    [InlineData("[1]", 200, "application/json", "[1]")]
    [InlineData("not JSON", 500, "application/json", """{"message":"Internal Server Error"}""")]
    [InlineData("""{"statusCode":"many"}""", 500, "application/json", """{"message":"Internal Server Error"}""")]
    [InlineData("""{"statusCode":200,"body":{"a":1}}""", 500, "application/json", """{"message":"Internal Server Error"}""")]
    public async Task A_functions_answer_becomes_the_response_that_API_Gateway_makes_of_it(string answer, int status, string? contentType, string body)
    {
        var context = Answering(answer);

        Assert.Equal((status, body), await SendAsync(context));
        Assert.Equal(contentType, context.Response.ContentType);
    }

    [Fact]
    public async Task Cookies_and_headers_of_an_answer_are_set()
    {
        var context = Answering("""{"statusCode":200,"cookies":["a=1; Path=/","b=2"],"headers":{"X-A":"1","Content-Length":"999"},"body":"hi"}""");

        await SendAsync(context);

        Assert.Equal("a=1; Path=/,b=2", context.Response.Headers.SetCookie.ToString());
        Assert.Equal(("1", 2L), (context.Response.Headers["X-A"].ToString(), context.Response.ContentLength));
    }

    [Fact]
    public async Task A_path_without_a_route_is_not_found() => Assert.Equal((404, """{"message":"Not Found"}"""), await SendAsync(Request("PUT", "/bookings/1")));

    [Theory]
    [InlineData("fail")]
    [InlineData("die")]
    public async Task A_failed_function_is_an_internal_server_error(string what) => Assert.Equal(
        (500, """{"message":"Internal Server Error"}"""),
        await SendAsync(Request("POST", "/answers", $$"""{"do":"{{what}}"}""", "application/json")));

    [Fact]
    public async Task A_function_that_takes_longer_than_30_seconds_is_unavailable()
    {
        var answer = SendAsync(Request("POST", "/answers", """{"do":"hang"}""", "application/json"));
        await Eventually.TrueAsync(() => _time.Waiting > 0, "the gateway waits");

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal((503, """{"message":"Service Unavailable"}"""), await answer);
    }

    [Theory]
    [InlineData(10 * 1024 * 1024 + 1)]
    [InlineData(6 * 1024 * 1024)]
    public async Task A_request_that_is_too_large_for_the_gateway_or_the_function_is_refused(int size) =>
        Assert.Equal((413, """{"message":"Request Entity Too Large"}"""), await SendAsync(Request("POST", "/answers", new string('x', size), "text/plain")));

    [Fact]
    public async Task Each_API_has_its_own_routes_and_stages()
    {
        await using var app = await DeployedApp.StartAsync(
            """
            { 'Resources': {
              'Function': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Api', 'Runtime': 'dotnet10', 'Timeout': 10 } },
              'Permission': { 'Type': 'AWS::Lambda::Permission', 'Properties': { 'Action': 'lambda:InvokeFunction', 'FunctionName': { 'Ref': 'Function' }, 'Principal': 'apigateway.amazonaws.com' } },
              'One': { 'Type': 'AWS::ApiGatewayV2::Api', 'Properties': { 'ProtocolType': 'HTTP' } },
              'Prod': { 'Type': 'AWS::ApiGatewayV2::Stage', 'Properties': { 'ApiId': { 'Ref': 'One' }, 'StageName': 'prod' } },
              'OneIntegration': { 'Type': 'AWS::ApiGatewayV2::Integration', 'Properties': { 'ApiId': { 'Ref': 'One' }, 'IntegrationType': 'AWS_PROXY', 'IntegrationUri': { 'Fn::GetAtt': ['Function', 'Arn'] } } },
              'OneRoute': { 'Type': 'AWS::ApiGatewayV2::Route', 'Properties': { 'ApiId': { 'Ref': 'One' }, 'RouteKey': 'GET /one', 'Target': { 'Fn::Sub': 'integrations/${OneIntegration}' } } },
              'Two': { 'Type': 'AWS::ApiGatewayV2::Api', 'Properties': { 'ProtocolType': 'HTTP' } },
              'TwoRoute': { 'Type': 'AWS::ApiGatewayV2::Route', 'Properties': { 'ApiId': { 'Ref': 'Two' }, 'RouteKey': 'GET /two', 'Target': { 'Fn::Sub': 'integrations/${OneIntegration}' } } } },
              'Outputs': { 'One': { 'Value': { 'Ref': 'One' } }, 'Two': { 'Value': { 'Ref': 'Two' } } } }
            """);

        var named = await AskAsync("One", "/prod/one");
        Assert.Equal(200, named.Status);
        var sent = JsonNode.Parse(named.Body)!;
        Assert.Equal(
            ("prod", "/prod/one", "GET /one", app.Deployment.Outputs["One"]),
            ((string)sent["requestContext"]!["stage"]!, (string)sent["rawPath"]!, (string)sent["routeKey"]!, (string)sent["requestContext"]!["apiId"]!));
        Assert.Equal(404, (await AskAsync("One", "/one")).Status);
        Assert.Equal(404, (await AskAsync("One", "/prod/two")).Status);
        Assert.Equal(200, (await AskAsync("Two", "/two")).Status);
        Assert.Equal(404, (await AskAsync("Two", "/one")).Status);
        Assert.StartsWith("""{"message":"Not Found. There are several HTTP APIs: say which by the host, as in """, (await AskAsync(null, "/two")).Body, StringComparison.Ordinal);

        async Task<(int Status, string Body)> AskAsync(string? api, string path)
        {
            var context = Request("GET", path);
            if (api is not null)
                context.Request.Host = new HostString($"{app.Deployment.Outputs[api]}.execute-api.localhost", 5000);
            context.Response.Body = new MemoryStream();
            await app.Deployment.HttpApi(context);
            return (context.Response.StatusCode, Text(context));
        }
    }

    [Fact]
    public async Task A_preflight_request_is_answered_by_the_API()
    {
        await using var app = await GuardedAsync();
        var context = Request("OPTIONS", "/open");
        (context.Request.Headers.Origin, context.Request.Headers.AccessControlRequestMethod) = ("https://shop.example", "POST");

        await app.Deployment.HttpApi(context);

        var headers = context.Response.Headers;
        Assert.Equal(
            (204, "https://shop.example", "GET,POST", "content-type", "300", "true"),
            (context.Response.StatusCode, headers.AccessControlAllowOrigin.ToString(), headers.AccessControlAllowMethods.ToString(), headers.AccessControlAllowHeaders.ToString(), headers.AccessControlMaxAge.ToString(), headers.AccessControlAllowCredentials.ToString()));
        Assert.Empty(app.Invocations);
    }

    [Theory]
    [InlineData("https://shop.example", "https://shop.example")]
    [InlineData("https://other.example", "")]
    public async Task A_response_says_of_CORS_what_the_API_says_and_not_the_function(string origin, string allowed)
    {
        await using var app = await GuardedAsync();
        var context = Answering("""{"statusCode":200,"headers":{"Access-Control-Allow-Origin":"*","X-A":"1"}}""");
        (context.Request.Path, context.Request.Headers.Origin) = ("/open", origin);

        await app.Deployment.HttpApi(context);

        Assert.Equal((200, allowed, "1"), (context.Response.StatusCode, context.Response.Headers.AccessControlAllowOrigin.ToString(), context.Response.Headers["X-A"].ToString()));
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("nonsense", 401)]
    [InlineData("""{"iss":"https://issuer.example","aud":"shop","exp":1795176000,"scope":"read"}""", 401)]
    [InlineData("""{"iss":"https://other.example","aud":"shop","exp":1795179600,"scope":"read"}""", 401)]
    [InlineData("""{"iss":"https://issuer.example","aud":"other","exp":1795179600,"scope":"read"}""", 401)]
    [InlineData("""{"iss":"https://issuer.example","aud":"shop","exp":1795179600,"nbf":1795179000,"scope":"read"}""", 401)]
    [InlineData("""{"iss":"https://issuer.example","aud":"shop","exp":1795179600,"scope":"write"}""", 403)]
    [InlineData("""{"iss":"https://issuer.example","aud":["x","shop"],"exp":1795179600,"scope":"read write"}""", 200)]
    [InlineData("""{"iss":"https://issuer.example","client_id":"shop","exp":1795179600,"scope":"read"}""", 200)]
    public async Task A_token_is_checked_before_the_function_is_called(string? claims, int status)
    {
        await using var app = await GuardedAsync();
        var context = Request("GET", "/closed");
        if (claims is not null)
            context.Request.Headers.Authorization = $"Bearer {Base64Url("{}")}.{Base64Url(claims)}.signature";
        context.Response.Body = new MemoryStream();

        await app.Deployment.HttpApi(context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, app.Invocations.Count);
        if (status == 200)
            Assert.Equal("https://issuer.example", (string)JsonNode.Parse(Text(context))!["requestContext"]!["authorizer"]!["jwt"]!["claims"]!["iss"]!);
    }

    private Task<DeployedApp> GuardedAsync() => DeployedApp.StartAsync(
        """
        { 'Resources': {
          'Function': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Api', 'Runtime': 'dotnet10', 'Timeout': 10 } },
          'Permission': { 'Type': 'AWS::Lambda::Permission', 'Properties': { 'Action': 'lambda:InvokeFunction', 'FunctionName': { 'Ref': 'Function' }, 'Principal': 'apigateway.amazonaws.com' } },
          'Api': { 'Type': 'AWS::ApiGatewayV2::Api', 'Properties': { 'ProtocolType': 'HTTP', 'CorsConfiguration': { 'AllowOrigins': ['https://shop.example'], 'AllowMethods': ['GET', 'POST'], 'AllowHeaders': ['content-type'], 'MaxAge': 300, 'AllowCredentials': true } } },
          'Authorizer': { 'Type': 'AWS::ApiGatewayV2::Authorizer', 'Properties': { 'ApiId': { 'Ref': 'Api' }, 'AuthorizerType': 'JWT', 'IdentitySource': ['$request.header.Authorization'], 'JwtConfiguration': { 'Issuer': 'https://issuer.example', 'Audience': ['shop'] } } },
          'Integration': { 'Type': 'AWS::ApiGatewayV2::Integration', 'Properties': { 'ApiId': { 'Ref': 'Api' }, 'IntegrationType': 'AWS_PROXY', 'IntegrationUri': { 'Fn::GetAtt': ['Function', 'Arn'] } } },
          'Open': { 'Type': 'AWS::ApiGatewayV2::Route', 'Properties': { 'ApiId': { 'Ref': 'Api' }, 'RouteKey': 'POST /open', 'Target': { 'Fn::Sub': 'integrations/${Integration}' } } },
          'Closed': { 'Type': 'AWS::ApiGatewayV2::Route', 'Properties': { 'ApiId': { 'Ref': 'Api' }, 'RouteKey': 'GET /closed', 'AuthorizationType': 'JWT', 'AuthorizerId': { 'Ref': 'Authorizer' }, 'AuthorizationScopes': ['read'], 'Target': { 'Fn::Sub': 'integrations/${Integration}' } } } } }
        """,
        options => options with { Time = _time });

    private static string Base64Url(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static DefaultHttpContext Request(string method, string path, string? body = null, string? contentType = null, string query = "")
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path, context.Request.QueryString) = (method, path, new QueryString(query));
        context.Request.Host = new HostString("localhost", 5000);
        if (body is not null)
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            context.Request.ContentType = contentType;
        return context;
    }

    private static DefaultHttpContext Answering(string answer) =>
        Request("POST", "/answers", new JsonObject { ["do"] = "answer", ["with"] = answer }.ToJsonString(), "application/json");

    private async Task<(int Status, string Body)> SendAsync(DefaultHttpContext context)
    {
        context.Response.Body = new MemoryStream();
        await _app!.Deployment.HttpApi(context);
        return (context.Response.StatusCode, Text(context));
    }

    private static string Text(HttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
